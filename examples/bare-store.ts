/** The template of a store: copy it, and fill in five methods. `docs/stores.md` lists what they guarantee. */
import type {
  Change,
  Draft,
  Filter,
  ListQuery,
  Page,
  Removal,
  ResourceStore,
  ResourceType,
  Selection,
  StoreCapabilities,
  Stored,
  UserWith,
} from "scimkit";

/** What your `authenticate` returns. It reaches every method, and it alone says whose data a request is about. */
export interface Context {
  readonly workspaceId: string;
}

/** What your database driver calls a transaction. It reaches your `beforeCommit` hook. */
export interface Transaction {
  query(text: string, values: readonly unknown[]): Promise<unknown>;
}

/** A user, as the core hands it over and wants it back: RFC 7643's attributes, the enterprise ones under their URN. */
type User = UserWith<[]>;

/** For groups, write the same with `GroupWith<[]>`; `groupsOf` may come with it, and fills `User.groups`. */
export class BareUserStore implements ResourceStore<User, Context, Transaction> {
  /**
   * Called once, by `createScim`. Optional. Throw an Error here if the table and the schema cannot go together.
   *
   * @param _type - the attributes that will be served, extensions included: `type.attributes.get("username")`
   */
  connect(_type: ResourceType): StoreCapabilities {
    return {
      // Which attributes have a column. What has none is not advertised, not accepted and not handed to you.
      // Left out: all of them have one.
      holds: ({ text }) => ["userName", "externalId", "name.givenName", "name.familyName", "active"].includes(text),
      // Whether `list` understands `window.by === "cursor"`. Left out: it does not, and clients page by index.
      cursors: false,
      // Whether `list` understands `sort`. Left out: it does.
      sort: true,
      // Whether the writes of one bulk request may run at the same time. Left out: one after the other.
      concurrent: false,
    };
  }

  /**
   * POST: insert a row.
   *
   * @param _draft - `draft.resource` is validated and in canonical case: `{ userName, name: { givenName }, emails: [{
   *   value, type }], "urn:…:User": { department } }`. It has no `id` (mint one, never take the client's), no `meta`
   *   (set created and lastModified, and a version that counts up) and nothing readOnly. After the insert and before
   *   the commit: `await draft.beforeCommit({ after: stored }, transaction)`, and roll back if it throws
   * @param _want - which attributes the answer needs: `want.has("emails")`. To return more is always right
   * @param _context - whose row it becomes
   * @returns the row as a resource: `{ id, meta: { created, lastModified, version }, userName, … }`
   * @throws ScimError `ScimError.uniqueness("userName")` when the database says that a value is taken
   */
  create(_draft: Draft<User, Transaction>, _want: Selection, _context: Context): Promise<Stored<User>> {
    return unwritten("create");
  }

  /**
   * GET /Users/42: read a row, deactivated or not.
   *
   * @param _id - whatever the client wrote in the URL: it need not look like one of your ids, and that is no error
   * @returns undefined if the tenant has no such row; never throw for that
   */
  get(_id: string, _want: Selection, _context: Context): Promise<Stored<User> | undefined> {
    return unwritten("get");
  }

  /**
   * GET /Users?filter=…: find rows, by `tenant AND (filter)`.
   *
   * @param query - `filter` is a tree whose names are resolved and whose values fit: {@link translated} has its
   *   nodes. `sort` is `{ path, descending }`, rows without a value last when ascending; without it any order
   *   that is the same on every page (by creation, not by last change). `window` is `{ by: "index", startIndex, count }`, from 1, or
   *   `{ by: "cursor", position, count }`, where `position` is text that you gave as `next` or `previous` before.
   *   `want` is as in {@link create}
   * @returns `{ resources, total }`: the rows on the page, and how many match in all; with cursors `next` and `previous`
   * @throws ScimError `ScimError.invalidFilter(…)` for a filter that you cannot answer exactly. An approximate answer, or
   *   all rows, makes an identity provider change the wrong person
   */
  list(query: ListQuery, _context: Context): Promise<Page<User>> {
    return unwritten(`list where ${query.filter === undefined ? "true" : translated(query.filter)}`);
  }

  /**
   * PUT and PATCH: change a row. Lock it (`SELECT … FOR UPDATE`) before you look at it.
   *
   * @param _change - `change.apply(current)` returns `{ resource, changed }`: all attributes of the next state, and the
   *   paths that differ, such as `["name.givenName", "emails"]`. If `changed` is empty, write nothing. Else write, count
   *   the version up, and before the commit `await change.beforeCommit({ before, after }, transaction)`. `apply` throws what is
   *   wrong with the request (412, 400): let it through. In a store of groups `change.members` may be `{ reset, add, remove }`: apply
   *   that delta to the table of memberships without reading it; `apply` then says nothing about members
   * @returns the row after the change; undefined if the tenant has no such row
   * @throws ScimError as {@link create}
   */
  update(
    _id: string,
    _change: Change<User, Transaction>,
    _want: Selection,
    _context: Context,
  ): Promise<Stored<User> | undefined> {
    return unwritten("update");
  }

  /**
   * DELETE: remove a row, or mark it so that no method finds it and its unique values are free.
   *
   * @param _removal - with the row locked, call `removal.check({ id, meta })`, which throws if the client deletes
   *   another version than this; before the commit `await removal.beforeCommit({ before }, transaction)`
   * @returns false if the tenant has no such row
   */
  delete(_id: string, _removal: Removal<User, Transaction>, _context: Context): Promise<boolean> {
    return unwritten("delete");
  }
}

/** Every kind of node that a filter is made of. `visitFilter` of scimkit walks the tree for you. */
function translated(filter: Filter): string {
  switch (filter.op) {
    case "and":
    case "or":
      return `(${filter.filters.map(translated).join(` ${filter.op} `)})`;
    case "not":
      // In SQL `not` of null is null: make every condition below true or false.
      return `not ${translated(filter.filter)}`;
    case "pr":
      return `${filter.path.text} has a value`;
    case "valuePath":
      // One and the same element of a list satisfies the whole filter: `exists (select … where …)`.
      return `some ${filter.path.text} has ${translated(filter.filter)}`;
    case "constant":
      return String(filter.value);
    default:
      // eq ne co sw ew gt ge lt le. `ne` holds where there is no value. Unless `leaf(filter.path).caseExact`, fold
      // both sides' case. Bind the value as a parameter, and escape the wildcards of LIKE.
      return `${filter.path.text} ${filter.op} ?`;
  }
}

/** What the methods do until they are written: every request is answered with 500, and nothing is changed. */
function unwritten(what: string): Promise<never> {
  return Promise.reject(new Error(`BareUserStore: ${what} is not written yet`));
}
