/** How to set up each identity provider, in Dutch; what its own pages say stays in English. */
import type { Guides } from "./en-guides.ts";

/** The instructions. */
export const nlGuides: Guides = {
  entra: {
    create:
      "Open in het Microsoft Entra-beheercentrum **Enterprise apps** en kies **New application**, daarna **Create your own application**. Geef de applicatie de naam van {product} en kies **Integrate any other application you don’t find in the gallery (Non-gallery)**. Is er al een applicatie voor single sign-on, gebruik dan die.",
    open: "Open in de applicatie **Provisioning** en kies **Connect your application** (of **Get started**, met als provisioning mode **Automatic**).",
    url: "**Tenant URL**: {entraUrl}",
    token: "**Secret token**: {token}",
    test: "Kies **Test connection**. Sla op als de test slaagt.",
    mapping:
      "Open onder **Attribute mapping** de koppeling van gebruikers en stel de bron van **externalId** in op **objectId**. Standaard is dat **mailNickname**, en dat verandert als iemands naam verandert.",
    assign:
      "Wijs onder **Users and groups** de mensen en groepen toe die moeten worden gestuurd. Groepen binnen groepen worden niet gevolgd.",
    start:
      "Kies onder **Provisioning** voor **Start provisioning**. De eerste ronde begint binnen enkele minuten, latere elke 40 minuten; **Provision on demand** stuurt één persoon meteen.",
  },
  okta: {
    create:
      "Open in de Okta Admin Console **Applications** en kies **Create App Integration** met **SAML 2.0** of **SWA**. Is er al een applicatie voor single sign-on, gebruik dan die.",
    enable: "Kies onder **General → App Settings** voor **Edit**, zet **Provisioning** op **SCIM** en sla op.",
    open: "Kies onder **Provisioning → Integration** voor **Edit**.",
    url: "**SCIM connector base URL**: {url}",
    identifier: "**Unique identifier field for users**: {userName}",
    actions:
      "**Supported provisioning actions**: vink **Push New Users**, **Push Profile Updates** en **Push Groups** aan.",
    token: "**Authentication Mode**: **HTTP Header**, met {token} als token.",
    test: "Kies **Test Connector Configuration**. Sla op als de test slaagt.",
    toApp:
      "Kies onder **Provisioning → To App** voor **Edit** en zet **Create Users**, **Update User Attributes** en **Deactivate Users** aan.",
    assign: "Wijs onder **Assignments** mensen en groepen toe. Daarmee worden alleen mensen gestuurd.",
    push: "Voeg onder **Push Groups** elke groep toe die een team in {product} moet worden.",
  },
  google: {
    available:
      "Google provisioneert alleen naar apps uit zijn eigen catalogus, en alleen mensen: groepen bepalen wie wordt gestuurd, maar worden geen teams. Staat {product} niet in de catalogus, vraag het dan eerst aan de helpdesk.",
    open: "Open in de Google-beheerdersconsole als superbeheerder **Apps → Web and mobile apps** en kies de app. Single sign-on moet al zijn ingesteld.",
    configure: "Kies onder **Autoprovisioning** voor **Configure autoprovisioning**.",
    token: "**Access token**: {token}",
    url: "**Endpoint URL**: {url}",
    mapping: "Controleer of elk attribuut met een sterretje is gekoppeld.",
    scope: "Kies de groepen waarvan de mensen worden gestuurd, als dat niet iedereen hoeft te zijn.",
    deprovision:
      "Kies wat er gebeurt met mensen die worden opgeschort, verwijderd of de app kwijtraken, en na hoeveel dagen. Opschorten is beter dan verwijderen.",
    start: "Zet **Autoprovisioning** aan. Google stuurt wijzigingen om de paar uur.",
  },
  onelogin: {
    create:
      "Open in het beheer van OneLogin **Applications → Add App**, zoek naar **SCIM Provisioner with SAML (SCIM v2 Enterprise)** en sla de app op met de naam van {product}.",
    url: "Onder **Configuration**, **SCIM Base URL**: {url}",
    token: "**SCIM Bearer Token**: {token}",
    enable: "Kies **Enable** onder **API Connection** en sla op.",
    parameters: "Stel onder **Parameters** **scimusername** in op **Email**.",
    provisioning:
      "Vink onder **Provisioning** **Enable provisioning** aan, en vink de goedkeuringen uit die je niet voor iedere persoon wilt geven. Zet wat er gebeurt met mensen die worden verwijderd of opgeschort op **Suspend**.",
    groups:
      "Voor teams: open onder **Parameters** **Groups** en vink **Include in User Provisioning** aan; voeg daarna onder **Rules** een regel toe die groepen zet.",
    assign: "Kies onder **Access** de rollen waarvan de mensen worden gestuurd.",
  },
  jumpcloud: {
    create:
      "Open in het JumpCloud Admin Portal **SSO Applications** en kies **Add New Application**, daarna **Custom Application** met **Export users to this app (Identity Management)**. Is er al een applicatie voor single sign-on, gebruik dan die.",
    open: "Open **Identity Management** en kies **SCIM 2.0** als versie.",
    url: "**Base URL**: {url}",
    token: "**Token Key**: {token}",
    email:
      "**Test User Email**: een adres dat niemand heeft. JumpCloud maakt er een persoon en een groep mee, en haalt die weer weg.",
    test: "Kies **Test Connection**, daarna **Activate**, en sla op.",
    groups:
      "Zet **Enable management of User Groups and Group Membership** aan als groepen teams in {product} moeten worden.",
    assign: "Kies onder **User Groups** de groepen waarvan de mensen worden gestuurd.",
  },
  other: {
    url: "SCIM 2.0-adres (base URL, endpoint, tenant URL): {url}",
    token: "Authenticatie: een bearer token, in de header {header}. Het token: {token}",
    type: "Mediatype: {mediaType}; {json} wordt ook geaccepteerd.",
    match: "Zoek mensen op {userName}, of op {externalId} met een id die nooit verandert. Zoek teams op {displayName}.",
    supported:
      "Ondersteund: mensen en teams aanmaken, lezen, vervangen, wijzigen (PATCH) en verwijderen, filters, sorteren, paginering en bulkverzoeken.",
    test: "Test met {curl}",
  },
};
