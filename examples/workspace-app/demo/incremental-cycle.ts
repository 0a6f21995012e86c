/** An incremental cycle: what changed at Contoso since the first one, as Entra without its feature flag says it. */
import type { Entra } from "./entra.ts";
import { type Ids, idOf, rename } from "./initial-cycle.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export async function incrementalCycle(entra: Entra, ids: Ids): Promise<void> {
  entra.chapter("Ann Lee takes another name, and a desk phone");
  await entra.patch(
    `/Users/${idOf(ids, "ann.lee@contoso.example")}`,
    { op: "Replace", path: "name.familyName", value: "Ling" },
    { op: "Replace", path: "displayName", value: "Ann Ling" },
    { op: "Add", path: 'phoneNumbers[type eq "work"].value', value: "+45 33 10 20 30" },
  );

  entra.chapter("Eva Schäfer moves to Engineering, and from Design to Platform");
  const eva = idOf(ids, "eva.schaefer@contoso.example");
  await entra.patch(
    `/Users/${eva}`,
    { op: "Replace", path: "title", value: "Research Engineer" },
    { op: "Replace", path: `${enterprise}:department`, value: "Engineering" },
  );
  await entra.patch(`/Groups/${idOf(ids, "Platform")}`, { op: "Add", path: "members", value: [{ value: eva }] });
  await entra.patch(`/Groups/${idOf(ids, "Design")}`, {
    op: "Remove",
    path: "members",
    value: [{ $ref: null, value: eva }],
  });

  entra.chapter("The group Platform is renamed");
  await rename(entra, idOf(ids, "Platform"), "Platform Engineering");

  entra.chapter("Femi Adeyemi leaves");
  const femi = idOf(ids, "femi.adeyemi@contoso.example");
  await entra.patch(`/Groups/${idOf(ids, "Platform")}`, { op: "Remove", path: "members", value: [{ value: femi }] });
  await entra.patch(`/Users/${femi}`, { op: "Replace", path: "active", value: "False" });
  await entra.match("/Users", "userName", "femi.adeyemi@contoso.example");

  entra.chapter("Dmitri Volkov is on leave, and back again");
  const dmitri = idOf(ids, "dmitri.volkov@contoso.example");
  await entra.patch(`/Users/${dmitri}`, { op: "Replace", path: "active", value: "False" });
  await entra.patch(`/Users/${dmitri}`, { op: "Replace", path: "active", value: "True" });
}
