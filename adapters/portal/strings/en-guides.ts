/** How to set up each identity provider, in English: steps in order. What its own pages say stands between `**`. */

/** `{url}`, `{entraUrl}` and `{token}` are filled in with the values of the connection, ready to be copied. */
export const enGuides = {
  entra: {
    create:
      "In the Microsoft Entra admin center, open **Enterprise apps** and choose **New application**, then **Create your own application**. Give it the name of {product} and choose **Integrate any other application you don’t find in the gallery (Non-gallery)**. If there is an application for single sign-on already, use that one.",
    open: "In the application, open **Provisioning** and choose **Connect your application** (or **Get started**, with provisioning mode **Automatic**).",
    url: "**Tenant URL**: {entraUrl}",
    token: "**Secret token**: {token}",
    test: "Choose **Test connection**. When it succeeds, save.",
    mapping:
      "Under **Attribute mapping**, open the users’ mapping and set the source of **externalId** to **objectId**. It comes as **mailNickname**, which changes when a person’s name does.",
    assign: "Under **Users and groups**, assign the people and groups to send. Groups within groups are not followed.",
    start:
      "Under **Provisioning**, choose **Start provisioning**. The first cycle begins within minutes, later ones every 40 minutes; **Provision on demand** sends one person at once.",
  },
  okta: {
    create:
      "In the Okta Admin Console, open **Applications** and choose **Create App Integration** with **SAML 2.0** or **SWA**. If there is an application for single sign-on already, use that one.",
    enable: "Under **General → App Settings**, choose **Edit**, set **Provisioning** to **SCIM**, and save.",
    open: "Under **Provisioning → Integration**, choose **Edit**.",
    url: "**SCIM connector base URL**: {url}",
    identifier: "**Unique identifier field for users**: {userName}",
    actions:
      "**Supported provisioning actions**: tick **Push New Users**, **Push Profile Updates** and **Push Groups**.",
    token: "**Authentication Mode**: **HTTP Header**, with {token} as the token.",
    test: "Choose **Test Connector Configuration**. When it succeeds, save.",
    toApp:
      "Under **Provisioning → To App**, choose **Edit** and enable **Create Users**, **Update User Attributes** and **Deactivate Users**.",
    assign: "Under **Assignments**, assign people and groups. This sends people only.",
    push: "Under **Push Groups**, add each group that shall be a team in {product}.",
  },
  google: {
    available:
      "Google provisions only to apps of its own catalogue, and only people: groups choose who is sent, but do not become teams. If {product} is not in the catalogue, ask its support before you go on.",
    open: "In the Google Admin console, open **Apps → Web and mobile apps** as a super administrator, and choose the app. Single sign-on has to be set up first.",
    configure: "Under **Autoprovisioning**, choose **Configure autoprovisioning**.",
    token: "**Access token**: {token}",
    url: "**Endpoint URL**: {url}",
    mapping: "Check that each attribute with an asterisk is mapped.",
    scope: "Choose the groups whose people are sent, if not everybody shall be.",
    deprovision:
      "Choose what becomes of people who are suspended, deleted or lose the app, and after how many days. Prefer suspending to deleting.",
    start: "Turn **Autoprovisioning** on. Google sends changes every few hours.",
  },
  onelogin: {
    create:
      "In OneLogin’s administration, open **Applications → Add App**, search for **SCIM Provisioner with SAML (SCIM v2 Enterprise)**, and save it with the name of {product}.",
    url: "Under **Configuration**, **SCIM Base URL**: {url}",
    token: "**SCIM Bearer Token**: {token}",
    enable: "Choose **Enable** under **API Connection**, and save.",
    parameters: "Under **Parameters**, set **scimusername** to **Email**.",
    provisioning:
      "Under **Provisioning**, tick **Enable provisioning**, and untick the approvals that you do not want to give for each person. Set what happens to people who are deleted or suspended to **Suspend**.",
    groups:
      "For teams: under **Parameters**, open **Groups** and tick **Include in User Provisioning**; then add a rule under **Rules** that sets groups.",
    assign: "Under **Access**, choose the roles whose people are sent.",
  },
  jumpcloud: {
    create:
      "In the JumpCloud Admin Portal, open **SSO Applications** and choose **Add New Application**, then **Custom Application** with **Export users to this app (Identity Management)**. If there is an application for single sign-on already, use that one.",
    open: "Open **Identity Management** and choose **SCIM 2.0** as the version.",
    url: "**Base URL**: {url}",
    token: "**Token Key**: {token}",
    email:
      "**Test User Email**: an address that nobody has. JumpCloud makes a person and a group with it, and removes them again.",
    test: "Choose **Test Connection**, then **Activate**, and save.",
    groups: "Turn on **Enable management of User Groups and Group Membership**, if groups shall be teams in {product}.",
    assign: "Under **User Groups**, choose the groups whose people are sent.",
  },
  other: {
    url: "SCIM 2.0 address (base URL, endpoint, tenant URL): {url}",
    token: "Authentication: a bearer token, in the header {header}. The token: {token}",
    type: "Media type: {mediaType}; {json} is accepted too.",
    match:
      "Match people by {userName}, or by {externalId} with an id that never changes. Match teams by {displayName}.",
    supported:
      "Supported: creating, reading, replacing, changing (PATCH) and deleting people and teams, filters, sorting, paging and bulk requests.",
    test: "Test with {curl}",
  },
} as const;

/** An identity provider that there are instructions for. */
export type GuideName = keyof typeof enGuides;

/** The instructions in one language. */
export type Guides = {
  readonly [Name in GuideName]: { readonly [Step in keyof (typeof enGuides)[Name]]: string };
};
