/** RFC 7643 §7 mutability and returned, at attributes of a host's own, over every mount. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, resourcesOf, type Service } from "../../service.ts";
import { assetUrn, device, devices, leaseUrn, patchOp } from "./device.ts";

describe.each(served())("RFC 7643 §7 characteristics over '$name'", (mount) => {
  let service: Service;
  let sent: JsonObject;
  let path: string;

  beforeAll(async () => {
    service = await openService(mount, { resources: [devices()] });
  });
  beforeEach(async () => {
    sent = device("S", {
      imprint: "A",
      ports: [{ value: 1, seal: "x" }],
      unlockCode: "1234",
      memo: "ours",
      notes: "n",
      colour: "grey",
    });
    path = `/Devices/${await service.create("/Devices", sent)}`;
  });
  afterAll(() => service.close());

  const patch = (...operations: readonly JsonObject[]) => service.call("PATCH", path, patchOp(...operations));
  const put = (more: JsonObject) => service.call("PUT", path, { ...sent, ...more });
  const read = async (query = "") => (await service.call("GET", `${path}${query}`)).body;
  const refusal = ({ status, body }: { status: number; body: JsonObject }) => [status, body.scimType];

  it("readOnly: a value on POST and PUT is ignored, and a PATCH of it is refused with mutability", async () => {
    const created = await service.call("POST", "/Devices", device("R", { uptime: 7, id: "mine", meta: {} }));
    expect([created.status, created.body.uptime]).toEqual([201, undefined]);
    expect(created.body.id).not.toBe("mine");
    expect((await put({ uptime: 7 })).body).not.toHaveProperty("uptime");
    for (const name of ["uptime", "id", "meta.created"]) {
      for (const op of ["add", "replace", "remove"]) {
        const answer = await patch({ op, path: name, ...(op === "remove" ? {} : { value: "7" }) });
        expect([op, name, ...refusal(answer)]).toEqual([op, name, 400, "mutability"]);
      }
    }
  });

  it("immutable: defined at creation or, while it has none, later; then the same value only", async () => {
    expect(refusal(await put({ imprint: "B" }))).toEqual([400, "mutability"]);
    expect(refusal(await patch({ op: "replace", path: "imprint", value: "B" }))).toEqual([400, "mutability"]);
    expect(refusal(await patch({ op: "remove", path: "imprint" }))).toEqual([400, "mutability"]);
    expect((await put({ imprint: "A", label: "same" })).status).toBe(200);
    expect((await patch({ op: "replace", path: "imprint", value: "A" })).status).toBe(200);
    const { id } = (await service.call("POST", "/Devices", device("later"))).body;
    path = `/Devices/${id}`;
    expect((await patch({ op: "add", path: "imprint", value: "C" })).body.imprint).toBe("C");
    expect(refusal(await patch({ op: "add", path: "imprint", value: "D" }))).toEqual([400, "mutability"]);
    expect(await read()).toMatchObject({ imprint: "C" });
  });

  it("immutable sub-attributes: values come and go, and stay what they are", async () => {
    expect(refusal(await patch({ op: "replace", path: "ports[value eq 1].seal", value: "y" }))).toEqual([
      400,
      "mutability",
    ]);
    const added = await patch({ op: "add", path: "ports", value: [{ value: 2, seal: "z" }] });
    expect(added.body.ports).toEqual([
      { value: 1, seal: "x" },
      { value: 2, seal: "z" },
    ]);
    expect((await patch({ op: "remove", path: "ports[value eq 1]" })).body.ports).toEqual([{ value: 2, seal: "z" }]);
  });

  it("writeOnly and returned: never are in no answer, whatever is asked for", async () => {
    const hidden = ["unlockCode", "memo"];
    const answers = [
      (await service.call("POST", "/Devices?attributes=unlockCode,memo", device("H", { unlockCode: "9", memo: "9" })))
        .body,
      (await put({ unlockCode: "5678", memo: "m" })).body,
      (await patch({ op: "replace", path: "unlockCode", value: "9999" })).body,
      (await patch({ op: "replace", value: { memo: "x" } })).body,
      await read(),
      await read("?attributes=unlockCode,memo,serial"),
      await read("?excludedAttributes=serial"),
      ...resourcesOf((await service.call("GET", "/Devices?attributes=unlockCode,memo")).body),
    ];
    expect(answers.length).toBeGreaterThan(7);
    for (const answer of answers) expect(Object.keys(answer).filter((name) => hidden.includes(name))).toEqual([]);
  });

  it("returned: request is in the answer to a write that names it, and where a query asks for it", async () => {
    expect(await read()).not.toHaveProperty("notes");
    expect((await read("?attributes=notes")).notes).toBe("n");
    expect(resourcesOf((await service.call("GET", "/Devices?attributes=notes")).body).at(-1)?.notes).toBe("n");
    expect((await service.call("POST", "/Devices", device("N", { notes: "p" }))).body.notes).toBe("p");
    expect((await put({ notes: "q" })).body.notes).toBe("q");
    expect((await patch({ op: "replace", path: "notes", value: "r" })).body.notes).toBe("r");
    expect((await patch({ op: "replace", path: "label", value: "l" })).body).not.toHaveProperty("notes");
    expect((await service.call("GET", "/Devices")).text).not.toContain('"notes"');
    const leased = await patch({
      op: "add",
      value: { [leaseUrn]: { until: "2030-01-01T00:00:00Z", terms: "net 30" } },
    });
    expect(leased.body[leaseUrn]).toEqual({ until: "2030-01-01T00:00:00Z", terms: "net 30" });
    expect((await read())[leaseUrn]).toEqual({ until: "2030-01-01T00:00:00Z" });
    expect((await read(`?attributes=${leaseUrn}:terms`))[leaseUrn]).toEqual({ terms: "net 30" });
  });

  it("returned: always is there whatever is asked for or excluded", async () => {
    for (const query of [
      "",
      "?attributes=serial",
      "?excludedAttributes=colour,serial",
      `?attributes=${assetUrn}:tag`,
    ]) {
      expect(await read(query)).toMatchObject({ colour: "grey" });
    }
  });

  it("returned: default is there unless other attributes are asked for, or it is excluded", async () => {
    expect(await read()).toHaveProperty("serial");
    expect(await read("?attributes=imprint")).not.toHaveProperty("serial");
    expect(await read("?excludedAttributes=serial")).not.toHaveProperty("serial");
    expect(Object.keys(await read(`?attributes=${assetUrn}:tag`)).sort()).toEqual(
      ["colour", "id", "schemas", assetUrn].sort(),
    );
  });
});
