/** How to set up each identity provider, in French; what its own pages say stays in English. */
import type { Guides } from "./en-guides.ts";

/** The instructions. A colon or semicolon has a no-break space before it. */
export const frGuides: Guides = {
  entra: {
    create:
      "Dans le centre d’administration Microsoft Entra, ouvrez **Enterprise apps** et choisissez **New application**, puis **Create your own application**. Donnez-lui le nom de {product} et choisissez **Integrate any other application you don’t find in the gallery (Non-gallery)**. S’il existe déjà une application pour l’authentification unique, prenez celle-ci.",
    open: "Dans l’application, ouvrez **Provisioning** et choisissez **Connect your application** (ou **Get started**, avec le mode **Automatic**).",
    url: "**Tenant URL** : {entraUrl}",
    token: "**Secret token** : {token}",
    test: "Choisissez **Test connection**. Si le test réussit, enregistrez.",
    mapping:
      "Sous **Attribute mapping**, ouvrez la correspondance des utilisateurs et choisissez **objectId** comme source de **externalId**. Par défaut, c’est **mailNickname**, qui change avec le nom de la personne.",
    assign:
      "Sous **Users and groups**, affectez les personnes et les groupes à envoyer. Les groupes contenus dans des groupes ne sont pas suivis.",
    start:
      "Sous **Provisioning**, choisissez **Start provisioning**. Le premier cycle commence en quelques minutes, les suivants toutes les 40 minutes ; **Provision on demand** envoie une personne aussitôt.",
  },
  okta: {
    create:
      "Dans l’Okta Admin Console, ouvrez **Applications** et choisissez **Create App Integration** avec **SAML 2.0** ou **SWA**. S’il existe déjà une application pour l’authentification unique, prenez celle-ci.",
    enable:
      "Sous **General → App Settings**, choisissez **Edit**, réglez **Provisioning** sur **SCIM** et enregistrez.",
    open: "Sous **Provisioning → Integration**, choisissez **Edit**.",
    url: "**SCIM connector base URL** : {url}",
    identifier: "**Unique identifier field for users** : {userName}",
    actions:
      "**Supported provisioning actions** : cochez **Push New Users**, **Push Profile Updates** et **Push Groups**.",
    token: "**Authentication Mode** : **HTTP Header**, avec {token} comme jeton.",
    test: "Choisissez **Test Connector Configuration**. Si le test réussit, enregistrez.",
    toApp:
      "Sous **Provisioning → To App**, choisissez **Edit** et activez **Create Users**, **Update User Attributes** et **Deactivate Users**.",
    assign: "Sous **Assignments**, affectez des personnes et des groupes. Seules des personnes sont ainsi envoyées.",
    push: "Sous **Push Groups**, ajoutez chaque groupe qui doit devenir une équipe dans {product}.",
  },
  google: {
    available:
      "Google ne provisionne que les applications de son propre catalogue, et seulement des personnes : les groupes déterminent qui est envoyé, mais ne deviennent pas des équipes. Si {product} n’est pas dans le catalogue, adressez-vous d’abord à son assistance.",
    open: "Dans la console d’administration Google, ouvrez **Apps → Web and mobile apps** comme super-administrateur, et choisissez l’application. L’authentification unique doit déjà être configurée.",
    configure: "Sous **Autoprovisioning**, choisissez **Configure autoprovisioning**.",
    token: "**Access token** : {token}",
    url: "**Endpoint URL** : {url}",
    mapping: "Vérifiez que chaque attribut marqué d’un astérisque est associé.",
    scope: "Choisissez les groupes dont les personnes sont envoyées, si ce n’est pas tout le monde.",
    deprovision:
      "Choisissez ce que deviennent les personnes suspendues, supprimées ou qui perdent l’application, et après combien de jours. Préférez la suspension à la suppression.",
    start: "Activez **Autoprovisioning**. Google envoie les modifications toutes les quelques heures.",
  },
  onelogin: {
    create:
      "Dans l’administration de OneLogin, ouvrez **Applications → Add App**, cherchez **SCIM Provisioner with SAML (SCIM v2 Enterprise)** et enregistrez-la sous le nom de {product}.",
    url: "Sous **Configuration**, **SCIM Base URL** : {url}",
    token: "**SCIM Bearer Token** : {token}",
    enable: "Choisissez **Enable** sous **API Connection**, et enregistrez.",
    parameters: "Sous **Parameters**, réglez **scimusername** sur **Email**.",
    provisioning:
      "Sous **Provisioning**, cochez **Enable provisioning**, et décochez les approbations que vous ne voulez pas donner pour chaque personne. Pour les personnes supprimées ou suspendues, choisissez **Suspend**.",
    groups:
      "Pour les équipes : sous **Parameters**, ouvrez **Groups** et cochez **Include in User Provisioning** ; ajoutez ensuite sous **Rules** une règle qui définit les groupes.",
    assign: "Sous **Access**, choisissez les rôles dont les personnes sont envoyées.",
  },
  jumpcloud: {
    create:
      "Dans le JumpCloud Admin Portal, ouvrez **SSO Applications** et choisissez **Add New Application**, puis **Custom Application** avec **Export users to this app (Identity Management)**. S’il existe déjà une application pour l’authentification unique, prenez celle-ci.",
    open: "Ouvrez **Identity Management** et choisissez **SCIM 2.0** comme version.",
    url: "**Base URL** : {url}",
    token: "**Token Key** : {token}",
    email:
      "**Test User Email** : une adresse que personne n’a. JumpCloud crée avec elle une personne et un groupe, puis les retire.",
    test: "Choisissez **Test Connection**, puis **Activate**, et enregistrez.",
    groups:
      "Activez **Enable management of User Groups and Group Membership** si les groupes doivent devenir des équipes dans {product}.",
    assign: "Sous **User Groups**, choisissez les groupes dont les personnes sont envoyées.",
  },
  other: {
    url: "Adresse SCIM 2.0 (base URL, endpoint, tenant URL) : {url}",
    token: "Authentification : un jeton « bearer », dans l’en-tête {header}. Le jeton : {token}",
    type: "Type de média : {mediaType} ; {json} est accepté aussi.",
    match:
      "Retrouvez les personnes d’après {userName}, ou d’après {externalId} avec un identifiant qui ne change jamais. Retrouvez les équipes d’après {displayName}.",
    supported:
      "Pris en charge : créer, lire, remplacer, modifier (PATCH) et supprimer des personnes et des équipes, filtres, tri, pagination et requêtes groupées.",
    test: "Testez avec {curl}",
  },
};
