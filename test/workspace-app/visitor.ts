/** A browser without a window: follows nothing by itself, and keeps cookies. */

/** A page as it came. */
export interface Seen {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  readonly text: string;
}

export interface Visitor {
  /** What the browser keeps, by name. */
  readonly cookies: ReadonlyMap<string, string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Seen>;
  /** Asks an API, as a script of the product's own page would. */
  json(method: string, path: string, body?: unknown, headers?: HeaderMap): Promise<Seen>;
  /** Sends a form, as the product's own page would. */
  post(path: string, form: Readonly<Record<string, string>> | string, headers?: HeaderMap): Promise<Seen>;
}

type HeaderMap = Readonly<Record<string, string>>;

/** Somebody who has never been here. */
export function newVisitor(origin: string): Visitor {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit, headers: HeaderMap): Promise<Seen> => {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const response = await fetch(new URL(path, origin), {
      ...init,
      redirect: "manual",
      headers: { ...(cookie === "" ? {} : { Cookie: cookie }), ...headers },
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      const [name = "", value = ""] = pair.split("=");
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const { status } = response;
    return {
      status,
      location: response.headers.get("location"),
      headers: response.headers,
      text: await response.text(),
    };
  };
  return {
    cookies,
    get: (path, headers = {}) => ask(path, {}, headers),
    json: (method, path, body, headers = {}) => {
      const own = { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json" };
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      return ask(path, { method, ...content }, { ...own, ...headers });
    },
    post: (path, form, headers = {}) =>
      ask(path, { method: "POST", body: new URLSearchParams(form) }, { "Sec-Fetch-Site": "same-origin", ...headers }),
  };
}

/** Somebody who has signed in with a password. */
export async function signedIn(origin: string, email: string, password: string): Promise<Visitor> {
  const visitor = newVisitor(origin);
  const { status, text } = await visitor.post("/sign-in/password", { email, password });
  if (status !== 303) throw new Error(`${email} could not sign in: ${status} ${text}`);
  return visitor;
}
