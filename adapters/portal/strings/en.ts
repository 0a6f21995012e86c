/** The portal's texts in English: the table that the other languages have to match. */
import { enAccess } from "./en-access.ts";

/** `{name}` is filled in with a value, and `**text**` is strong: what a button or field of the identity provider says. */
export const en = {
  // The page
  title: "User provisioning (SCIM)",
  lead: "Your identity provider creates, updates and deactivates people and teams in {product}, so that nobody has to do it by hand.",
  forOrganisation: "Organisation: {organisation}",
  loading: "Loading…",
  scriptNeeded: "This page needs JavaScript.",
  cancel: "Cancel",
  saved: "Saved.",
  never: "never",
  readOnly: "You can see these settings but not change them.",

  // What goes wrong on the page itself
  failed: "That did not work.",
  offline: "{product} can’t be reached. Trying again…",
  errorSession: "You are signed out, or no longer allowed to do this. Reload the page.",
  errorForbidden: "You are not allowed to do this.",
  errorMissing: "This connection no longer exists. Reload the page.",
  errorInput: "Something that was filled in is not accepted.",
  errorOrigin: "The request did not come from this page. Reload it, and try again.",
  errorWorkspace: "This workspace can’t be chosen.",
  errorRole: "This role can’t be chosen.",
  errorWorkspaceTaken: "This workspace has a connection already.",
  errorTooManyWorkspaces: "Your organisation can’t connect more workspaces.",
  errorTooManyTokens: "There are too many valid tokens. Revoke one that is not in use.",
  errorTokenEnded: "This token has expired or was revoked; make a new one instead.",
  errorUsersRemain:
    "Some people could not be deactivated. The connection is paused; deactivate them in {product}, and delete it again.",
  errorServer: "{product} could not do this. Try again in a moment.",
  refusedTitle: "You can’t open this page",
  refusedText: "Sign in as somebody who may manage the provisioning of your organisation.",
  missingTitle: "There is no such page",
  missingText: "Go back to the settings, and open the page from there.",
  brokenTitle: "This page can’t be shown now",
  brokenText: "Something went wrong in {product}. Try again in a moment.",

  // Not in the plan
  planTitle: "Provisioning is not part of your plan",
  planText: "Your organisation can’t use SCIM provisioning at the moment.",
  planStopped:
    "Requests of your identity provider are refused until the plan includes it again. Nobody has been removed.",

  // Setting it up
  setupTitle: "Set up provisioning",
  setupText: "Choose where people and teams go. You then get an address and a token for your identity provider.",
  setupMore: "Add a connection",
  workspace: "Workspace",
  workspaceHint: "People and teams of your identity provider appear in this workspace.",
  workspaceNone: "Every workspace that you may choose has a connection already.",
  role: "Default role",
  roleHint: "Given to new people. Roles that you change in {product} later stay as they are.",
  rolePick: "Choose a role",
  workspacePick: "Choose a workspace",
  roleNone: "There is no role that may be given here.",
  required: "Choose a value.",
  create: "Save and get the token",
  connections: "Connections",

  // Address and token
  credentialsTitle: "Address and token",
  url: "SCIM URL",
  token: "Token",
  tokenOnce: "Copy the token now. It is shown this once, and can’t be looked up later.",
  tokenSafe:
    "Whoever has the token can change the people in the workspace: paste it into your identity provider and nowhere else.",
  tokenStored: "I have stored the token",
  tokenHidden: "The token that you copied",
  copy: "Copy",
  copyUrl: "Copy the SCIM URL",
  copyToken: "Copy the token",
  copied: "Copied.",
  copyFailed: "The browser did not let us copy. The text is selected: copy it with Ctrl+C or ⌘C.",

  // Status
  statusTitle: "Status",
  waiting: "Waiting for the first request",
  waitingHint: "This page shows it as soon as your identity provider calls.",
  connected: "Connected",
  connectedTo: "Connected to {provider}",
  paused: "Paused",
  pausedHint: "Your identity provider is told to try again later. Nothing is changed, and nothing is lost.",
  notEntitled: "Not in your plan",
  lastRequest: "Last request",
  lastError: "Last error",
  users: "People provisioned",
  groups: "Teams provisioned",
  none: "none",

  // Doctor
  doctorTitle: "What to change",
  noRequestTitle: "No request has come yet",
  noRequestText:
    "The token was made {time}: your identity provider should have called by now. Check that provisioning is started there, that the URL is {url}, and that the token is the one you copied. A token that was pasted with a space or a line break in it does not work.",
  onlyReadsTitle: "The connection works, but nobody is being sent",
  onlyReadsText:
    "The test succeeded, and since then no person or team has come. Assign people or groups to the application in your identity provider, and start provisioning.",
  wrongUrlTitle: "The URL in your identity provider is not quite right",
  wrongUrlText:
    "It asks for {path}, which does not exist below the SCIM URL. Set the URL to {url}, with nothing before or after it.",
  entraFlagTitle: "Entra ID sends changes in its old form",
  entraFlagText:
    "Changes were refused because Entra ID wrote them in a form of its own. Set the **Tenant URL** to {url}, which makes it follow the standard, and save.",
  unstableIdTitle: "“externalId” is mapped to something that changes",
  unstableIdText:
    'Your identity provider fills **externalId** with an e-mail address or a name. When somebody’s name changes, the link between the two accounts is lost. Map it to the unchanging id: **objectId** in Entra ID, **user.getInternalProperty("id")** in Okta.',
  pushGroupsTitle: "People come from Okta, but no teams",
  pushGroupsText:
    "Okta sends groups only when you say which. In the application, open **Push Groups**, add the groups, and check that **Push Groups** is ticked under **Provisioning → Integration**.",
  collisionsTitle: "Some people are in {product} already",
  collisionsText:
    "Refused requests: {count}. Somebody with that e-mail address or user name is there already. Rename or remove that account in {product}, or ask {product} to link it; your identity provider then tries again.",
  collidingText:
    "Your identity provider has found people who are here already, and whom this connection does not manage (requests: {count}). What it sends for them is refused unless {product} links them. Rename or remove those accounts in {product}, or ask {product} to link them.",
  roleGoneTitle: "The default role no longer exists",
  roleGoneText: "New people get the fallback role. Choose another default role in the settings below.",
  tokenExpiryTitle: "A token is about to expire",
  tokenExpiryText:
    "The token {token} expires {time}. Rotate it, and paste the new one into your identity provider before then.",
  tokenNoneTitle: "There is no valid token",
  tokenNoneText:
    "Every token has expired or was revoked, so that your identity provider is refused. Make a new one and paste it there.",

  // Instructions
  guideTitle: "Set up your identity provider",
  guideChoose: "Identity provider",
  guideOther: "Other",
  guideSteps: "Steps for {provider}",
  guideTokenHint: "The token is shown only when it is made. Make a new one below if you no longer have it.",

  // Log
  logTitle: "Log",
  logEmpty: "No request yet.",
  logMore: "Show older",
  logOnlyErrors: "Errors only",
  logNoErrors: "No errors among these requests.",
  logRequest: "Request",
  logOutcome: "Outcome",
  logDuration: "Duration",
  logOk: "OK",
  logRefused: "Refused",
  logError: "Error",
  logId: "Id",
  logSaid: "What your identity provider was told",
  logMeaning: "What it means",
  logClient: "Client",
  logNotes: "Also done",

  // Requests in words
  createUser: "Create a person",
  getUser: "Read a person",
  listUser: "Look for people",
  patchUser: "Change a person",
  replaceUser: "Replace a person",
  deleteUser: "Delete a person",
  createGroup: "Create a team",
  getGroup: "Read a team",
  listGroup: "Look for teams",
  patchGroup: "Change a team",
  replaceGroup: "Replace a team",
  deleteGroup: "Delete a team",
  bulk: "Several changes at once",
  discover: "Read what is supported",
  searchAll: "Search everything",
  unknownAddress: "Unknown address",
  turnedAway: "Turned away",
  otherRequest: "Other request",

  // Errors explained
  explainUnauthorized: "The token is unknown, expired or revoked. Paste a valid token into your identity provider.",
  explainForbidden: "A rule of {product} does not allow this: see what your identity provider was told.",
  explainNotFound:
    "The person or team no longer exists in {product}. Identity providers notice, and usually create them again.",
  explainAddress:
    "There is nothing at this address. Check that the URL in your identity provider is exactly the SCIM URL.",
  explainUniqueness:
    "Somebody (or a team) with this user name, e-mail address or name exists already. Rename or remove one of the two.",
  explainPrecondition: "It was changed by somebody else in the meantime. Your identity provider tries again.",
  explainTooLarge: "The request is larger than {product} accepts. Send fewer changes at once.",
  explainInvalidValue:
    "A value is missing or of the wrong kind. Check the attribute mapping in your identity provider.",
  explainInvalidSyntax:
    "The request is not written as the standard asks. Check the attribute mapping, and custom attributes in particular.",
  explainInvalidFilter:
    "Your identity provider looks people up by something that can’t be searched. Match by userName or externalId.",
  explainInvalidPath: "An attribute is sent that {product} does not have. Remove it from the attribute mapping.",
  explainNoTarget: "A value was to be changed that is not there. The next full synchronisation usually mends it.",
  explainMutability: "An attribute was to be changed that can’t be. Remove it from the attribute mapping.",
  explainTooMany: "The answer would be too long. Your identity provider has to ask for less at once.",
  explainTooOften: "Too many requests came at once. Your identity provider tries again later.",
  explainPaused: "The connection is paused. Your identity provider tries again later; resume it when you are ready.",
  explainUnavailable: "{product} could not answer for a moment. Your identity provider tries again.",
  explainServer: "Something went wrong in {product}. If it goes on, tell its support the time of this request.",
  explainUnsupported: "{product} does not offer this operation.",
  explainOther: "The request was refused: see what your identity provider was told.",

  // Settings
  settingsTitle: "Settings",
  settingsSave: "Save changes",
  workspaceChange:
    "People and teams that are there already stay in the old workspace; your identity provider sends them anew.",

  // Tokens
  tokensTitle: "Tokens",
  tokensText: "Your identity provider proves itself with a token. With several, you can exchange one without a gap.",
  tokensNone: "No tokens.",
  tokenNew: "New token",
  tokenLabel: "Label",
  tokenLabelHint: "Optional; helps to tell tokens apart.",
  tokenExpires: "Expires",
  tokenExpiresHint: "Optional. Put it in your calendar: provisioning stops on that day.",
  tokenIssue: "Make a token",
  tokenUnlabelled: "without a label",
  tokenCreated: "Made",
  tokenUsed: "Last used",
  tokenActive: "Valid",
  tokenExpired: "Expired",
  tokenRevoked: "Revoked",
  rotate: "Rotate",
  rotateToken: "Rotate token {token}",
  rotateTitle: "Rotate this token?",
  rotateText:
    "You get a new token, shown once. The old one works on for as long as you say, so that you can paste the new one without a gap.",
  overlap: "The old token works on for",
  overlapNone: "not at all",
  overlapHour: "1 hour",
  overlapDay: "1 day",
  overlapWeek: "7 days",
  revoke: "Revoke",
  revokeToken: "Revoke token {token}",
  revokeTitle: "Revoke this token?",
  revokeText:
    "It stops working at once. If your identity provider uses it, provisioning stops until you paste another there.",

  // Pause, resume, delete
  controlTitle: "Pause or remove",
  pause: "Pause",
  pauseText: "While paused, your identity provider is told to try again later, and nobody is changed.",
  pauseTitle: "Pause provisioning?",
  resume: "Resume",
  resumeText: "Your identity provider carries on where it stopped.",
  resumeTitle: "Resume provisioning?",
  remove: "Delete the connection",
  removeText: "The address stops working for its tokens, and the log is deleted.",
  removeTitle: "Delete the connection to {workspace}?",
  removeUsers: "What becomes of the people it has provisioned?",
  removeKeep: "They stay, and are managed in {product} from then on",
  removeDeactivate: "They are deactivated",
  removed: "The connection is deleted.",
  resumed: "Provisioning is resumed.",
  pausedNow: "Provisioning is paused.",
  revoked: "The token is revoked.",

  // The access pages
  ...enAccess,
} as const;

/** The name of a text. */
export type Text = keyof typeof en;

/** All texts in one language. */
export type Strings = Readonly<Record<Text, string>>;
