/** The portal's texts in French. */

import type { Strings } from "./en.ts";
import { frAccess } from "./fr-access.ts";

/** The table. A colon, question mark or exclamation mark has a no-break space before it. */
export const fr: Strings = {
  // The page
  title: "Provisionnement des utilisateurs (SCIM)",
  lead: "Votre fournisseur d’identité crée, met à jour et désactive les personnes et les équipes dans {product}, pour que personne n’ait à le faire à la main.",
  forOrganisation: "Organisation : {organisation}",
  loading: "Chargement…",
  scriptNeeded: "Cette page a besoin de JavaScript.",
  cancel: "Annuler",
  saved: "Enregistré.",
  never: "jamais",
  readOnly: "Vous pouvez consulter ces réglages, mais pas les modifier.",

  // What goes wrong on the page itself
  failed: "Cela n’a pas fonctionné.",
  offline: "{product} est injoignable. Nouvel essai…",
  errorSession: "Vous êtes déconnecté, ou n’avez plus ce droit. Rechargez la page.",
  errorForbidden: "Vous n’avez pas le droit de faire cela.",
  errorMissing: "Cette connexion n’existe plus. Rechargez la page.",
  errorInput: "Une valeur saisie n’est pas acceptée.",
  errorOrigin: "La requête ne venait pas de cette page. Rechargez-la, puis réessayez.",
  errorWorkspace: "Cet espace de travail ne peut pas être choisi.",
  errorRole: "Ce rôle ne peut pas être choisi.",
  errorWorkspaceTaken: "Cet espace de travail a déjà une connexion.",
  errorTooManyWorkspaces: "Votre organisation ne peut pas connecter plus d’espaces de travail.",
  errorTooManyTokens: "Il y a trop de jetons valides. Révoquez-en un qui ne sert pas.",
  errorTokenEnded: "Ce jeton a expiré ou a été révoqué ; créez-en un nouveau.",
  errorUsersRemain:
    "Certaines personnes n’ont pas pu être désactivées. La connexion est en pause ; désactivez-les dans {product}, puis supprimez-la de nouveau.",
  errorServer: "{product} n’a pas pu le faire. Réessayez dans un instant.",
  refusedTitle: "Vous ne pouvez pas ouvrir cette page",
  refusedText: "Connectez-vous avec un compte qui peut gérer le provisionnement de votre organisation.",
  missingTitle: "Cette page n’existe pas",
  missingText: "Revenez aux réglages et ouvrez la page à partir de là.",
  brokenTitle: "Cette page ne peut pas être affichée pour l’instant",
  brokenText: "Un problème est survenu dans {product}. Réessayez dans un instant.",

  // Not in the plan
  planTitle: "Le provisionnement ne fait pas partie de votre offre",
  planText: "Votre organisation ne peut pas utiliser le provisionnement SCIM pour le moment.",
  planStopped:
    "Les requêtes de votre fournisseur d’identité sont refusées tant que l’offre ne le comprend pas. Personne n’a été retiré.",

  // Setting it up
  setupTitle: "Configurer le provisionnement",
  setupText:
    "Choisissez où vont les personnes et les équipes. Vous recevez ensuite une adresse et un jeton pour votre fournisseur d’identité.",
  setupMore: "Ajouter une connexion",
  workspace: "Espace de travail",
  workspaceHint:
    "Les personnes et les équipes de votre fournisseur d’identité apparaissent dans cet espace de travail.",
  workspaceNone: "Chaque espace de travail que vous pouvez choisir a déjà une connexion.",
  role: "Rôle par défaut",
  roleHint: "Donné aux nouvelles personnes. Les rôles que vous changez ensuite dans {product} restent tels quels.",
  rolePick: "Choisissez un rôle",
  workspacePick: "Choisissez un espace de travail",
  roleNone: "Aucun rôle ne peut être donné ici.",
  required: "Faites un choix.",
  create: "Enregistrer et obtenir le jeton",
  connections: "Connexions",

  // Address and token
  credentialsTitle: "Adresse et jeton",
  url: "URL SCIM",
  token: "Jeton",
  tokenOnce: "Copiez le jeton maintenant. Il n’est affiché que cette fois et ne pourra plus être consulté.",
  tokenSafe:
    "Quiconque possède le jeton peut modifier les personnes de l’espace de travail : collez-le dans votre fournisseur d’identité et nulle part ailleurs.",
  tokenStored: "J’ai conservé le jeton",
  tokenHidden: "Le jeton que vous avez copié",
  copy: "Copier",
  copyUrl: "Copier l’URL SCIM",
  copyToken: "Copier le jeton",
  copied: "Copié.",
  copyFailed: "Le navigateur n’a pas permis la copie. Le texte est sélectionné : copiez-le avec Ctrl+C ou ⌘C.",

  // Status
  statusTitle: "État",
  waiting: "En attente de la première requête",
  waitingHint: "Cette page l’affiche dès que votre fournisseur d’identité se manifeste.",
  connected: "Connecté",
  connectedTo: "Connecté à {provider}",
  paused: "En pause",
  pausedHint: "Votre fournisseur d’identité est invité à réessayer plus tard. Rien n’est modifié, et rien n’est perdu.",
  notEntitled: "Hors de votre offre",
  lastRequest: "Dernière requête",
  lastError: "Dernière erreur",
  users: "Personnes provisionnées",
  groups: "Équipes provisionnées",
  none: "aucune",

  // Doctor
  doctorTitle: "Ce qu’il faut changer",
  noRequestTitle: "Aucune requête n’est encore arrivée",
  noRequestText:
    "Le jeton a été créé {time} : votre fournisseur d’identité aurait déjà dû se manifester. Vérifiez que le provisionnement y est démarré, que l’URL est {url} et que le jeton est bien celui que vous avez copié. Un jeton collé avec une espace ou un saut de ligne ne fonctionne pas.",
  onlyReadsTitle: "La connexion fonctionne, mais personne n’est envoyé",
  onlyReadsText:
    "Le test a réussi, et depuis, aucune personne ni équipe n’est arrivée. Affectez des personnes ou des groupes à l’application dans votre fournisseur d’identité, et démarrez le provisionnement.",
  wrongUrlTitle: "L’URL dans votre fournisseur d’identité n’est pas tout à fait juste",
  wrongUrlText:
    "Il demande {path}, qui n’existe pas sous l’URL SCIM. Réglez l’URL sur {url}, sans rien avant ni après.",
  entraFlagTitle: "Entra ID envoie les modifications sous son ancienne forme",
  entraFlagText:
    "Des modifications ont été refusées, car Entra ID les a écrites sous une forme qui lui est propre. Réglez **Tenant URL** sur {url}, ce qui lui fait suivre la norme, et enregistrez.",
  unstableIdTitle: "« externalId » est associé à une valeur qui change",
  unstableIdText:
    'Votre fournisseur d’identité met dans **externalId** une adresse e-mail ou un nom. Quand le nom d’une personne change, le lien entre les deux comptes est perdu. Associez-le à l’identifiant qui ne change jamais : **objectId** dans Entra ID, **user.getInternalProperty("id")** dans Okta.',
  pushGroupsTitle: "Des personnes arrivent d’Okta, mais aucune équipe",
  pushGroupsText:
    "Okta n’envoie que les groupes que vous désignez. Dans l’application, ouvrez **Push Groups**, ajoutez les groupes, et vérifiez que **Push Groups** est coché sous **Provisioning → Integration**.",
  collisionsTitle: "Certaines personnes sont déjà dans {product}",
  collisionsText:
    "Requêtes refusées : {count}. Quelqu’un avec cette adresse e-mail ou ce nom d’utilisateur existe déjà. Renommez ou supprimez ce compte dans {product}, ou demandez à {product} de le lier ; votre fournisseur d’identité réessaie ensuite.",
  collidingText:
    "Votre fournisseur d’identité a trouvé des personnes déjà présentes que cette connexion ne gère pas (requêtes : {count}). Ce qu’il envoie pour elles est refusé, sauf si {product} les lie. Renommez ou supprimez ces comptes dans {product}, ou demandez à {product} de les lier.",
  roleGoneTitle: "Le rôle par défaut n’existe plus",
  roleGoneText:
    "Les nouvelles personnes reçoivent le rôle de repli. Choisissez un autre rôle par défaut dans les réglages ci-dessous.",
  tokenExpiryTitle: "Un jeton va bientôt expirer",
  tokenExpiryText:
    "Le jeton {token} expire {time}. Remplacez-le, et collez le nouveau dans votre fournisseur d’identité avant cela.",
  tokenNoneTitle: "Il n’y a aucun jeton valide",
  tokenNoneText:
    "Tous les jetons ont expiré ou ont été révoqués, si bien que votre fournisseur d’identité est refusé. Créez-en un nouveau et collez-le là-bas.",

  // Instructions
  guideTitle: "Configurer votre fournisseur d’identité",
  guideChoose: "Fournisseur d’identité",
  guideOther: "Autre",
  guideSteps: "Étapes pour {provider}",
  guideTokenHint: "Le jeton n’est affiché qu’à sa création. Créez-en un nouveau ci-dessous si vous ne l’avez plus.",

  // Log
  logTitle: "Journal",
  logEmpty: "Aucune requête pour l’instant.",
  logMore: "Afficher les plus anciennes",
  logOnlyErrors: "Erreurs seulement",
  logNoErrors: "Aucune erreur parmi ces requêtes.",
  logRequest: "Requête",
  logOutcome: "Résultat",
  logDuration: "Durée",
  logOk: "OK",
  logRefused: "Refusée",
  logError: "Erreur",
  logId: "Identifiant",
  logSaid: "Ce qui a été répondu à votre fournisseur d’identité",
  logMeaning: "Ce que cela signifie",
  logClient: "Client",
  logNotes: "Fait en outre",

  // Requests in words
  createUser: "Créer une personne",
  getUser: "Lire une personne",
  listUser: "Chercher des personnes",
  patchUser: "Modifier une personne",
  replaceUser: "Remplacer une personne",
  deleteUser: "Supprimer une personne",
  createGroup: "Créer une équipe",
  getGroup: "Lire une équipe",
  listGroup: "Chercher des équipes",
  patchGroup: "Modifier une équipe",
  replaceGroup: "Remplacer une équipe",
  deleteGroup: "Supprimer une équipe",
  bulk: "Plusieurs modifications à la fois",
  discover: "Lire ce qui est pris en charge",
  searchAll: "Tout parcourir",
  unknownAddress: "Adresse inconnue",
  turnedAway: "Non admise",
  otherRequest: "Autre requête",

  // Errors explained
  explainUnauthorized:
    "Le jeton est inconnu, expiré ou révoqué. Collez un jeton valide dans votre fournisseur d’identité.",
  explainForbidden:
    "Une règle de {product} ne le permet pas : voyez ce qui a été répondu à votre fournisseur d’identité.",
  explainNotFound:
    "La personne ou l’équipe n’existe plus dans {product}. Les fournisseurs d’identité le remarquent, et la recréent en général.",
  explainAddress:
    "Il n’y a rien à cette adresse. Vérifiez que l’URL dans votre fournisseur d’identité est exactement l’URL SCIM.",
  explainUniqueness:
    "Une personne (ou une équipe) avec ce nom d’utilisateur, cette adresse e-mail ou ce nom existe déjà. Renommez ou supprimez l’une des deux.",
  explainPrecondition: "Quelqu’un d’autre l’a modifié entre-temps. Votre fournisseur d’identité réessaie.",
  explainTooLarge: "La requête est plus grande que ce que {product} accepte. Envoyez moins de modifications à la fois.",
  explainInvalidValue:
    "Une valeur manque ou n’est pas du bon type. Vérifiez la correspondance des attributs dans votre fournisseur d’identité.",
  explainInvalidSyntax:
    "La requête n’est pas écrite comme la norme le demande. Vérifiez la correspondance des attributs, surtout des attributs personnalisés.",
  explainInvalidFilter:
    "Votre fournisseur d’identité cherche les personnes d’après un attribut qui ne s’y prête pas. Utilisez userName ou externalId.",
  explainInvalidPath: "Un attribut est envoyé que {product} n’a pas. Retirez-le de la correspondance des attributs.",
  explainNoTarget: "Une valeur à modifier n’existe pas. La prochaine synchronisation complète y remédie en général.",
  explainMutability: "Un attribut à modifier ne peut pas l’être. Retirez-le de la correspondance des attributs.",
  explainTooMany: "La réponse serait trop longue. Votre fournisseur d’identité doit en demander moins à la fois.",
  explainTooOften: "Trop de requêtes sont arrivées à la fois. Votre fournisseur d’identité réessaie plus tard.",
  explainPaused:
    "La connexion est en pause. Votre fournisseur d’identité réessaie plus tard ; reprenez-la quand vous êtes prêt.",
  explainUnavailable: "{product} n’a pas pu répondre un instant. Votre fournisseur d’identité réessaie.",
  explainServer:
    "Un problème est survenu dans {product}. S’il persiste, indiquez à son assistance l’heure de cette requête.",
  explainUnsupported: "{product} ne propose pas cette opération.",
  explainOther: "La requête a été refusée : voyez ce qui a été répondu à votre fournisseur d’identité.",

  // Settings
  settingsTitle: "Réglages",
  settingsSave: "Enregistrer les modifications",
  workspaceChange:
    "Les personnes et les équipes déjà présentes restent dans l’ancien espace de travail ; votre fournisseur d’identité les envoie de nouveau.",

  // Tokens
  tokensTitle: "Jetons",
  tokensText:
    "Votre fournisseur d’identité s’identifie avec un jeton. Avec plusieurs jetons, vous pouvez en changer sans interruption.",
  tokensNone: "Aucun jeton.",
  tokenNew: "Nouveau jeton",
  tokenLabel: "Libellé",
  tokenLabelHint: "Facultatif ; aide à distinguer les jetons.",
  tokenExpires: "Expiration",
  tokenExpiresHint: "Facultatif. Notez-la dans votre agenda : le provisionnement s’arrête ce jour-là.",
  tokenIssue: "Créer un jeton",
  tokenUnlabelled: "sans libellé",
  tokenCreated: "Création",
  tokenUsed: "Dernière utilisation",
  tokenActive: "Valide",
  tokenExpired: "Expiré",
  tokenRevoked: "Révoqué",
  rotate: "Remplacer",
  rotateToken: "Remplacer le jeton {token}",
  rotateTitle: "Remplacer ce jeton ?",
  rotateText:
    "Vous recevez un nouveau jeton, affiché une seule fois. L’ancien fonctionne encore aussi longtemps que vous le voulez, pour que vous puissiez coller le nouveau sans interruption.",
  overlap: "L’ancien jeton fonctionne encore",
  overlapNone: "pas du tout",
  overlapHour: "1 heure",
  overlapDay: "1 jour",
  overlapWeek: "7 jours",
  revoke: "Révoquer",
  revokeToken: "Révoquer le jeton {token}",
  revokeTitle: "Révoquer ce jeton ?",
  revokeText:
    "Il cesse de fonctionner aussitôt. Si votre fournisseur d’identité s’en sert, le provisionnement s’arrête jusqu’à ce que vous y colliez un autre jeton.",

  // Pause, resume, delete
  controlTitle: "Mettre en pause ou supprimer",
  pause: "Mettre en pause",
  pauseText:
    "Pendant la pause, votre fournisseur d’identité est invité à réessayer plus tard, et personne n’est modifié.",
  pauseTitle: "Mettre le provisionnement en pause ?",
  resume: "Reprendre",
  resumeText: "Votre fournisseur d’identité reprend là où il s’était arrêté.",
  resumeTitle: "Reprendre le provisionnement ?",
  remove: "Supprimer la connexion",
  removeText: "L’adresse cesse de fonctionner pour ses jetons, et le journal est supprimé.",
  removeTitle: "Supprimer la connexion à {workspace} ?",
  removeUsers: "Que deviennent les personnes qu’elle a provisionnées ?",
  removeKeep: "Elles restent, et sont désormais gérées dans {product}",
  removeDeactivate: "Elles sont désactivées",
  removed: "La connexion est supprimée.",
  resumed: "Le provisionnement a repris.",
  pausedNow: "Le provisionnement est en pause.",
  revoked: "Le jeton est révoqué.",

  // The access pages
  ...frAccess,
};
