/** dateTimes are points in time, however they are written. RFC 7643 §2.3.5. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareInstants, instantOf, parseDateTime } from "../../src/filter/date-time.ts";

const date = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59Z"),
  noInvalidDate: true,
});
const pad = (value: number) => String(Math.abs(value)).padStart(2, "0");

test("a Date's own text, with any offset and any fraction digits, is that Date", () => {
  fc.assert(
    fc.property(date, fc.integer({ min: -14 * 60, max: 14 * 60 }), fc.nat(6), (moment, offset, zeros) => {
      const local = new Date(moment.getTime() + offset * 60_000).toISOString();
      fc.pre(/^\d{4}-/.test(local));
      const zone = `${offset < 0 ? "-" : "+"}${pad(Math.trunc(offset / 60))}:${pad(offset % 60)}`;
      const expected = { milliseconds: moment.getTime(), finer: "" };
      expect(instantOf(moment)).toEqual(expected);
      expect(parseDateTime(moment.toISOString())).toEqual(expected);
      expect(parseDateTime(local.replace("Z", "0".repeat(zeros) + zone))).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});

test("whole seconds in the short form are the same as in the long one, and days that are none are refused in both", () => {
  const two = (max: number) => fc.nat(max).map(pad);
  const text = fc.tuple(fc.integer({ min: 1, max: 9999 }), two(13), two(32), two(25), two(61), two(61));
  fc.assert(
    fc.property(text, ([year, month, day, hour, minute, second]) => {
      const short = `${String(year).padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}`;
      const read = parseDateTime(`${short}Z`);
      expect(parseDateTime(`${short}.000Z`)).toEqual(read);
      expect(parseDateTime(`${short}+00:00`)).toEqual(read);
    }),
    { numRuns: 5_000 },
  );
});

test("the order of instants is the order of their decimal fractions", () => {
  const fraction = fc.stringMatching(/^\d{1,12}$/);
  fc.assert(
    fc.property(date, fraction, fraction, (moment, a, b) => {
      const second = moment.toISOString().slice(0, 19);
      const [left, right] = [parseDateTime(`${second}.${a}Z`), parseDateTime(`${second}.${b}Z`)];
      if (left === undefined || right === undefined) throw new Error("a dateTime was not read");
      const difference = BigInt(a.padEnd(12, "0")) - BigInt(b.padEnd(12, "0"));
      expect(Math.sign(compareInstants(left, right))).toBe(difference > 0n ? 1 : difference < 0n ? -1 : 0);
    }),
    { numRuns: 1_000 },
  );
});
