/** How to set up each identity provider, in German; what its own pages say stays in English. */
import type { Guides } from "./en-guides.ts";

/** The instructions. */
export const deGuides: Guides = {
  entra: {
    create:
      "Öffnen Sie im Microsoft Entra Admin Center **Enterprise apps** und wählen Sie **New application**, dann **Create your own application**. Geben Sie der Anwendung den Namen von {product} und wählen Sie **Integrate any other application you don’t find in the gallery (Non-gallery)**. Gibt es schon eine Anwendung für Single Sign-on, nehmen Sie diese.",
    open: "Öffnen Sie in der Anwendung **Provisioning** und wählen Sie **Connect your application** (oder **Get started** mit dem Modus **Automatic**).",
    url: "**Tenant URL**: {entraUrl}",
    token: "**Secret token**: {token}",
    test: "Wählen Sie **Test connection**. Wenn der Test gelingt, speichern Sie.",
    mapping:
      "Öffnen Sie unter **Attribute mapping** die Zuordnung der Benutzer und setzen Sie die Quelle von **externalId** auf **objectId**. Voreingestellt ist **mailNickname**, das sich mit dem Namen einer Person ändert.",
    assign:
      "Weisen Sie unter **Users and groups** die Personen und Gruppen zu, die gesendet werden sollen. Gruppen in Gruppen werden nicht verfolgt.",
    start:
      "Wählen Sie unter **Provisioning** **Start provisioning**. Der erste Durchgang beginnt nach wenigen Minuten, spätere alle 40 Minuten; **Provision on demand** sendet eine Person sofort.",
  },
  okta: {
    create:
      "Öffnen Sie in der Okta Admin Console **Applications** und wählen Sie **Create App Integration** mit **SAML 2.0** oder **SWA**. Gibt es schon eine Anwendung für Single Sign-on, nehmen Sie diese.",
    enable:
      "Wählen Sie unter **General → App Settings** **Edit**, setzen Sie **Provisioning** auf **SCIM** und speichern Sie.",
    open: "Wählen Sie unter **Provisioning → Integration** **Edit**.",
    url: "**SCIM connector base URL**: {url}",
    identifier: "**Unique identifier field for users**: {userName}",
    actions:
      "**Supported provisioning actions**: Kreuzen Sie **Push New Users**, **Push Profile Updates** und **Push Groups** an.",
    token: "**Authentication Mode**: **HTTP Header**, mit {token} als Token.",
    test: "Wählen Sie **Test Connector Configuration**. Wenn der Test gelingt, speichern Sie.",
    toApp:
      "Wählen Sie unter **Provisioning → To App** **Edit** und schalten Sie **Create Users**, **Update User Attributes** und **Deactivate Users** ein.",
    assign: "Weisen Sie unter **Assignments** Personen und Gruppen zu. Damit werden nur Personen gesendet.",
    push: "Fügen Sie unter **Push Groups** jede Gruppe hinzu, die ein Team in {product} werden soll.",
  },
  google: {
    available:
      "Google stellt nur für Apps aus dem eigenen Katalog bereit, und nur Personen: Gruppen bestimmen, wer gesendet wird, werden aber keine Teams. Steht {product} nicht im Katalog, fragen Sie zuerst den Support.",
    open: "Öffnen Sie in der Google Admin-Konsole als Super Admin **Apps → Web and mobile apps** und wählen Sie die App. Single Sign-on muss schon eingerichtet sein.",
    configure: "Wählen Sie unter **Autoprovisioning** **Configure autoprovisioning**.",
    token: "**Access token**: {token}",
    url: "**Endpoint URL**: {url}",
    mapping: "Prüfen Sie, ob jedes Attribut mit einem Sternchen zugeordnet ist.",
    scope: "Wählen Sie die Gruppen, deren Personen gesendet werden, wenn es nicht alle sein sollen.",
    deprovision:
      "Wählen Sie, was aus Personen wird, die gesperrt oder gelöscht werden oder die App verlieren, und nach wie vielen Tagen. Sperren ist besser als Löschen.",
    start: "Schalten Sie **Autoprovisioning** ein. Google sendet Änderungen alle paar Stunden.",
  },
  onelogin: {
    create:
      "Öffnen Sie in der Verwaltung von OneLogin **Applications → Add App**, suchen Sie nach **SCIM Provisioner with SAML (SCIM v2 Enterprise)** und speichern Sie die App unter dem Namen von {product}.",
    url: "Unter **Configuration**, **SCIM Base URL**: {url}",
    token: "**SCIM Bearer Token**: {token}",
    enable: "Wählen Sie **Enable** unter **API Connection** und speichern Sie.",
    parameters: "Setzen Sie unter **Parameters** **scimusername** auf **Email**.",
    provisioning:
      "Kreuzen Sie unter **Provisioning** **Enable provisioning** an, und entfernen Sie die Genehmigungen, die Sie nicht für jede Person erteilen wollen. Setzen Sie das, was mit gelöschten oder gesperrten Personen geschieht, auf **Suspend**.",
    groups:
      "Für Teams: Öffnen Sie unter **Parameters** **Groups** und kreuzen Sie **Include in User Provisioning** an; fügen Sie dann unter **Rules** eine Regel hinzu, die Gruppen setzt.",
    assign: "Wählen Sie unter **Access** die Rollen, deren Personen gesendet werden.",
  },
  jumpcloud: {
    create:
      "Öffnen Sie im JumpCloud Admin Portal **SSO Applications** und wählen Sie **Add New Application**, dann **Custom Application** mit **Export users to this app (Identity Management)**. Gibt es schon eine Anwendung für Single Sign-on, nehmen Sie diese.",
    open: "Öffnen Sie **Identity Management** und wählen Sie **SCIM 2.0** als Version.",
    url: "**Base URL**: {url}",
    token: "**Token Key**: {token}",
    email:
      "**Test User Email**: eine Adresse, die niemand hat. JumpCloud legt damit eine Person und eine Gruppe an und entfernt sie wieder.",
    test: "Wählen Sie **Test Connection**, dann **Activate**, und speichern Sie.",
    groups:
      "Schalten Sie **Enable management of User Groups and Group Membership** ein, wenn Gruppen Teams in {product} werden sollen.",
    assign: "Wählen Sie unter **User Groups** die Gruppen, deren Personen gesendet werden.",
  },
  other: {
    url: "SCIM-2.0-Adresse (Base URL, Endpoint, Tenant URL): {url}",
    token: "Authentifizierung: ein Bearer-Token, im Header {header}. Das Token: {token}",
    type: "Medientyp: {mediaType}; {json} wird auch angenommen.",
    match:
      "Suchen Sie Personen nach {userName}, oder nach {externalId} mit einer Kennung, die sich nie ändert. Suchen Sie Teams nach {displayName}.",
    supported:
      "Unterstützt: Personen und Teams anlegen, lesen, ersetzen, ändern (PATCH) und löschen, Filter, Sortierung, Blättern und Sammelanfragen.",
    test: "Testen Sie mit {curl}",
  },
};
