/** Uniqueness by a table of taken values, which the database keeps unique. RFC 7643 §7. */
import { type RawBuilder, sql } from "kysely";
import { ScimError } from "scimkit";
import { identity, newValues, type Uniqueness, type UniqueValue, uniquePaths } from "./uniqueness.ts";

/**
 * Takes a row for every value that must be unique in its tenant and type, those of extensions included.
 *
 * @param table - the table's name
 * @param also - paths that are unique here, whatever their schema says: `displayName` of groups
 * @param tenant - the key of a Context's tenant
 */
export function tabledUniqueness<Ctx>(
  table: RawBuilder<unknown>,
  also: ReadonlySet<string>,
  tenant: (ctx: Ctx) => string,
): Uniqueness<Ctx> {
  return {
    async claim(trx, { type, layout }, before, after, ctx) {
      const extra = [...layout.byName.values()]
        .filter(({ name }) => also.has(name))
        .map(({ name, extension, attribute }) => ({ extension, attribute, subAttribute: undefined, text: name }));
      const paths = [...uniquePaths(type), ...extra];
      const claimed = distinct(newValues(paths, before, after));
      const released = before === undefined ? [] : newValues(paths, after, before);
      if (released.length > 0) {
        await sql`delete from ${table} where resource_id = ${after.id}::uuid and (attribute, value) in (
          select * from unnest(${released.map(attributeOf)}::text[], ${released.map(foldedOf)}::text[]))`.execute(trx);
      }
      if (claimed.length === 0) return;
      const { rows } = await sql<{ readonly attribute: string; readonly value: string }>`
        insert into ${table} (tenant, type, attribute, value, resource_id)
        select ${tenant(ctx)}, ${type.name}, attribute, value, ${after.id}::uuid
        from unnest(${claimed.map(attributeOf)}::text[], ${claimed.map(foldedOf)}::text[]) as v(attribute, value)
        order by 3, 4
        on conflict do nothing returning attribute, value`.execute(trx);
      const taken = claimed.find(
        (one) => !rows.some((row) => row.attribute === attributeOf(one) && row.value === one.folded),
      );
      if (taken !== undefined) throw ScimError.uniqueness(taken.path.text);
    },
  };
}

function attributeOf({ path }: UniqueValue): string {
  return path.text;
}

function foldedOf({ folded }: UniqueValue): string {
  return folded;
}

/** A resource may have one value twice. */
function distinct(values: readonly UniqueValue[]): readonly UniqueValue[] {
  return [...new Map(values.map((value) => [identity(value), value])).values()];
}
