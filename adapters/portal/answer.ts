/** Answers to the page's own requests, and why one is refused. */
import { ScimError, type ScimResponse } from "scimkit";
import { ConnectionError, type ConnectionErrorCode } from "scimkit/connections";
import type { ErrorMessage } from "./messages.ts";
import { dataHeaders } from "./security.ts";
import type { Text } from "./strings/en.ts";

/** A request to the page's own API that is refused. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly reason: ErrorMessage;
  /** Headers that the status calls for. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, text: Text, detail?: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail ?? text);
    this.status = status;
    this.headers = headers;
    this.reason = detail === undefined ? { text } : { text, detail };
  }
}

const texts: Readonly<Record<ConnectionErrorCode, Text>> = {
  notFound: "errorMissing",
  notEntitled: "planTitle",
  invalidValue: "errorInput",
  workspaceNotAllowed: "errorWorkspace",
  roleNotAllowed: "errorRole",
  workspaceTaken: "errorWorkspaceTaken",
  tooManyWorkspaces: "errorTooManyWorkspaces",
  tooManyTokens: "errorTooManyTokens",
  tokenEnded: "errorTokenEnded",
  usersRemain: "errorUsersRemain",
};

/** Any value as the body of an answer. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ScimResponse {
  return {
    status,
    headers: { ...dataHeaders, ...headers, "Content-Type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  };
}

/** The only door from "something was thrown" to the page: what nobody expected says nothing of itself. */
export function refusal(thrown: unknown): { readonly answer: ScimResponse; readonly unexpected: boolean } {
  if (thrown instanceof ApiError) return known(thrown.status, thrown.reason, thrown.headers);
  if (thrown instanceof ConnectionError) {
    return known(thrown.status, { text: texts[thrown.code], detail: thrown.detail });
  }
  if (thrown instanceof ScimError && thrown.status < 500) {
    return known(thrown.status, { text: "failed", detail: thrown.detail });
  }
  return { answer: json(500, { error: { text: "errorServer" } satisfies ErrorMessage }), unexpected: true };
}

function known(
  status: number,
  error: ErrorMessage,
  headers: Readonly<Record<string, string>> = {},
): ReturnType<typeof refusal> {
  return { answer: json(status, { error }, headers), unexpected: false };
}
