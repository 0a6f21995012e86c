/** The portal's texts in Dutch. */

import type { Strings } from "./en.ts";
import { nlAccess } from "./nl-access.ts";

/** The table. */
export const nl: Strings = {
  // The page
  title: "Gebruikersprovisioning (SCIM)",
  lead: "Je identity provider maakt mensen en teams in {product} aan, werkt ze bij en deactiveert ze, zodat niemand dat met de hand hoeft te doen.",
  forOrganisation: "Organisatie: {organisation}",
  loading: "Laden…",
  scriptNeeded: "Voor deze pagina is JavaScript nodig.",
  cancel: "Annuleren",
  saved: "Opgeslagen.",
  never: "nooit",
  readOnly: "Je kunt deze instellingen bekijken, maar niet wijzigen.",

  // What goes wrong on the page itself
  failed: "Dat is niet gelukt.",
  offline: "{product} is niet bereikbaar. We proberen het opnieuw…",
  errorSession: "Je bent uitgelogd, of mag dit niet meer. Laad de pagina opnieuw.",
  errorForbidden: "Je mag dit niet doen.",
  errorMissing: "Deze verbinding bestaat niet meer. Laad de pagina opnieuw.",
  errorInput: "Iets wat is ingevuld, wordt niet geaccepteerd.",
  errorOrigin: "Het verzoek kwam niet van deze pagina. Laad haar opnieuw en probeer het nog eens.",
  errorWorkspace: "Deze workspace kan niet worden gekozen.",
  errorRole: "Deze rol kan niet worden gekozen.",
  errorWorkspaceTaken: "Deze workspace heeft al een verbinding.",
  errorTooManyWorkspaces: "Je organisatie kan niet meer workspaces verbinden.",
  errorTooManyTokens: "Er zijn te veel geldige tokens. Trek er een in die niet wordt gebruikt.",
  errorTokenEnded: "Dit token is verlopen of ingetrokken; maak een nieuw token.",
  errorUsersRemain:
    "Sommige mensen konden niet worden gedeactiveerd. De verbinding is gepauzeerd; deactiveer ze in {product} en verwijder de verbinding opnieuw.",
  errorServer: "{product} kon dit niet uitvoeren. Probeer het zo nog eens.",
  refusedTitle: "Je kunt deze pagina niet openen",
  refusedText: "Log in als iemand die de provisioning van je organisatie mag beheren.",
  missingTitle: "Deze pagina bestaat niet",
  missingText: "Ga terug naar de instellingen en open de pagina van daaruit.",
  brokenTitle: "Deze pagina kan nu niet worden getoond",
  brokenText: "Er ging iets mis in {product}. Probeer het zo nog eens.",

  // Not in the plan
  planTitle: "Provisioning zit niet in je abonnement",
  planText: "Je organisatie kan op dit moment geen SCIM-provisioning gebruiken.",
  planStopped:
    "Verzoeken van je identity provider worden geweigerd totdat het abonnement dit weer omvat. Er is niemand verwijderd.",

  // Setting it up
  setupTitle: "Provisioning instellen",
  setupText:
    "Kies waar mensen en teams terechtkomen. Daarna krijg je een adres en een token voor je identity provider.",
  setupMore: "Een verbinding toevoegen",
  workspace: "Workspace",
  workspaceHint: "Mensen en teams van je identity provider verschijnen in deze workspace.",
  workspaceNone: "Elke workspace die je mag kiezen, heeft al een verbinding.",
  role: "Standaardrol",
  roleHint: "Nieuwe mensen krijgen deze rol. Rollen die je later in {product} wijzigt, blijven zoals ze zijn.",
  rolePick: "Kies een rol",
  workspacePick: "Kies een workspace",
  roleNone: "Er is geen rol die hier mag worden gegeven.",
  required: "Maak een keuze.",
  create: "Opslaan en token ophalen",
  connections: "Verbindingen",

  // Address and token
  credentialsTitle: "Adres en token",
  url: "SCIM-URL",
  token: "Token",
  tokenOnce: "Kopieer het token nu. Het wordt maar één keer getoond en is later niet op te vragen.",
  tokenSafe:
    "Wie het token heeft, kan de mensen in de workspace wijzigen: plak het in je identity provider en nergens anders.",
  tokenStored: "Ik heb het token bewaard",
  tokenHidden: "Het token dat je hebt gekopieerd",
  copy: "Kopieer",
  copyUrl: "Kopieer de SCIM-URL",
  copyToken: "Kopieer het token",
  copied: "Gekopieerd.",
  copyFailed: "De browser stond kopiëren niet toe. De tekst is geselecteerd: kopieer met Ctrl+C of ⌘C.",

  // Status
  statusTitle: "Status",
  waiting: "Wacht op het eerste verzoek",
  waitingHint: "Deze pagina laat het zien zodra je identity provider zich meldt.",
  connected: "Verbonden",
  connectedTo: "Verbonden met {provider}",
  paused: "Gepauzeerd",
  pausedHint:
    "Je identity provider krijgt te horen dat hij het later opnieuw moet proberen. Er verandert niets en er gaat niets verloren.",
  notEntitled: "Niet in je abonnement",
  lastRequest: "Laatste verzoek",
  lastError: "Laatste fout",
  users: "Mensen geprovisioneerd",
  groups: "Teams geprovisioneerd",
  none: "geen",

  // Doctor
  doctorTitle: "Wat je kunt aanpassen",
  noRequestTitle: "Er is nog geen verzoek gekomen",
  noRequestText:
    "Het token is {time} gemaakt: je identity provider had zich al moeten melden. Controleer of provisioning daar is gestart, of de URL {url} is en of het token het gekopieerde token is. Een token waar een spatie of regeleinde in is meegeplakt, werkt niet.",
  onlyReadsTitle: "De verbinding werkt, maar er wordt niemand gestuurd",
  onlyReadsText:
    "De test is geslaagd, en sindsdien is er geen mens of team gekomen. Wijs in je identity provider mensen of groepen toe aan de applicatie en start de provisioning.",
  wrongUrlTitle: "De URL in je identity provider klopt niet helemaal",
  wrongUrlText:
    "Hij vraagt om {path}, en dat bestaat niet onder de SCIM-URL. Stel de URL in op {url}, zonder iets ervoor of erachter.",
  entraFlagTitle: "Entra ID stuurt wijzigingen in zijn oude vorm",
  entraFlagText:
    "Wijzigingen zijn geweigerd omdat Entra ID ze in een eigen vorm schreef. Stel de **Tenant URL** in op {url}, waarna Entra ID de standaard volgt, en sla op.",
  unstableIdTitle: "“externalId” is gekoppeld aan iets wat verandert",
  unstableIdText:
    'Je identity provider vult **externalId** met een e-mailadres of een naam. Verandert iemands naam, dan gaat de band tussen de twee accounts verloren. Koppel het aan de id die nooit verandert: **objectId** in Entra ID, **user.getInternalProperty("id")** in Okta.',
  pushGroupsTitle: "Er komen mensen uit Okta, maar geen teams",
  pushGroupsText:
    "Okta stuurt groepen alleen als je zegt welke. Open in de applicatie **Push Groups**, voeg de groepen toe, en controleer of **Push Groups** is aangevinkt onder **Provisioning → Integration**.",
  collisionsTitle: "Sommige mensen staan al in {product}",
  collisionsText:
    "Geweigerde verzoeken: {count}. Er is al iemand met dat e-mailadres of die gebruikersnaam. Hernoem of verwijder dat account in {product}, of vraag {product} om het te koppelen; je identity provider probeert het daarna opnieuw.",
  collidingText:
    "Je identity provider heeft mensen gevonden die hier al zijn en die niet door deze verbinding worden beheerd (verzoeken: {count}). Wat hij voor hen stuurt, wordt geweigerd tenzij {product} ze koppelt. Hernoem of verwijder die accounts in {product}, of vraag {product} om ze te koppelen.",
  roleGoneTitle: "De standaardrol bestaat niet meer",
  roleGoneText: "Nieuwe mensen krijgen de reserverol. Kies hieronder bij de instellingen een andere standaardrol.",
  tokenExpiryTitle: "Een token verloopt binnenkort",
  tokenExpiryText:
    "Het token {token} verloopt {time}. Vervang het en plak het nieuwe token voor die tijd in je identity provider.",
  tokenNoneTitle: "Er is geen geldig token",
  tokenNoneText:
    "Alle tokens zijn verlopen of ingetrokken, zodat je identity provider wordt geweigerd. Maak een nieuw token en plak het daar.",

  // Instructions
  guideTitle: "Je identity provider instellen",
  guideChoose: "Identity provider",
  guideOther: "Andere",
  guideSteps: "Stappen voor {provider}",
  guideTokenHint:
    "Het token wordt alleen getoond wanneer het wordt gemaakt. Maak hieronder een nieuw token als je het niet meer hebt.",

  // Log
  logTitle: "Logboek",
  logEmpty: "Nog geen verzoek.",
  logMore: "Oudere tonen",
  logOnlyErrors: "Alleen fouten",
  logNoErrors: "Geen fouten onder deze verzoeken.",
  logRequest: "Verzoek",
  logOutcome: "Resultaat",
  logDuration: "Duur",
  logOk: "OK",
  logRefused: "Geweigerd",
  logError: "Fout",
  logId: "Id",
  logSaid: "Wat je identity provider te horen kreeg",
  logMeaning: "Wat het betekent",
  logClient: "Client",
  logNotes: "Ook gedaan",

  // Requests in words
  createUser: "Persoon aanmaken",
  getUser: "Persoon lezen",
  listUser: "Mensen zoeken",
  patchUser: "Persoon wijzigen",
  replaceUser: "Persoon vervangen",
  deleteUser: "Persoon verwijderen",
  createGroup: "Team aanmaken",
  getGroup: "Team lezen",
  listGroup: "Teams zoeken",
  patchGroup: "Team wijzigen",
  replaceGroup: "Team vervangen",
  deleteGroup: "Team verwijderen",
  bulk: "Meerdere wijzigingen ineens",
  discover: "Lezen wat wordt ondersteund",
  searchAll: "Alles doorzoeken",
  unknownAddress: "Onbekend adres",
  turnedAway: "Niet binnengelaten",
  otherRequest: "Ander verzoek",

  // Errors explained
  explainUnauthorized: "Het token is onbekend, verlopen of ingetrokken. Plak een geldig token in je identity provider.",
  explainForbidden: "Een regel van {product} staat dit niet toe: zie wat je identity provider te horen kreeg.",
  explainNotFound:
    "De persoon of het team bestaat niet meer in {product}. Identity providers merken dat, en maken ze meestal opnieuw aan.",
  explainAddress: "Op dit adres is niets. Controleer of de URL in je identity provider precies de SCIM-URL is.",
  explainUniqueness:
    "Er is al iemand (of een team) met deze gebruikersnaam, dit e-mailadres of deze naam. Hernoem of verwijder een van de twee.",
  explainPrecondition: "Iemand anders heeft het intussen gewijzigd. Je identity provider probeert het opnieuw.",
  explainTooLarge: "Het verzoek is groter dan {product} accepteert. Stuur minder wijzigingen tegelijk.",
  explainInvalidValue:
    "Een waarde ontbreekt of is van het verkeerde soort. Controleer de attribuutkoppeling in je identity provider.",
  explainInvalidSyntax:
    "Het verzoek is niet geschreven zoals de standaard vraagt. Controleer de attribuutkoppeling, en vooral eigen attributen.",
  explainInvalidFilter:
    "Je identity provider zoekt mensen op iets waarop niet kan worden gezocht. Zoek op userName of externalId.",
  explainInvalidPath: "Er wordt een attribuut gestuurd dat {product} niet heeft. Haal het uit de attribuutkoppeling.",
  explainNoTarget:
    "Er moest een waarde worden gewijzigd die er niet is. De volgende volledige synchronisatie herstelt dat meestal.",
  explainMutability: "Er moest een attribuut worden gewijzigd dat vastligt. Haal het uit de attribuutkoppeling.",
  explainTooMany: "Het antwoord zou te lang worden. Je identity provider moet minder tegelijk opvragen.",
  explainTooOften: "Er kwamen te veel verzoeken tegelijk. Je identity provider probeert het later opnieuw.",
  explainPaused:
    "De verbinding is gepauzeerd. Je identity provider probeert het later opnieuw; hervat haar wanneer je klaar bent.",
  explainUnavailable: "{product} kon even niet antwoorden. Je identity provider probeert het opnieuw.",
  explainServer:
    "Er ging iets mis in {product}. Blijft dit gebeuren, geef dan het tijdstip van dit verzoek door aan de helpdesk.",
  explainUnsupported: "{product} biedt deze bewerking niet aan.",
  explainOther: "Het verzoek is geweigerd: zie wat je identity provider te horen kreeg.",

  // Settings
  settingsTitle: "Instellingen",
  settingsSave: "Wijzigingen opslaan",
  workspaceChange:
    "Mensen en teams die er al zijn, blijven in de oude workspace; je identity provider stuurt ze opnieuw.",

  // Tokens
  tokensTitle: "Tokens",
  tokensText:
    "Je identity provider bewijst met een token wie hij is. Met meerdere tokens kun je er een zonder onderbreking vervangen.",
  tokensNone: "Geen tokens.",
  tokenNew: "Nieuw token",
  tokenLabel: "Label",
  tokenLabelHint: "Optioneel; helpt om tokens uit elkaar te houden.",
  tokenExpires: "Verloopt",
  tokenExpiresHint: "Optioneel. Zet het in je agenda: op die dag stopt de provisioning.",
  tokenIssue: "Token maken",
  tokenUnlabelled: "zonder label",
  tokenCreated: "Gemaakt",
  tokenUsed: "Laatst gebruikt",
  tokenActive: "Geldig",
  tokenExpired: "Verlopen",
  tokenRevoked: "Ingetrokken",
  rotate: "Vervangen",
  rotateToken: "Token {token} vervangen",
  rotateTitle: "Dit token vervangen?",
  rotateText:
    "Je krijgt een nieuw token, dat één keer wordt getoond. Het oude werkt nog zo lang als je aangeeft, zodat je het nieuwe zonder onderbreking kunt plakken.",
  overlap: "Het oude token werkt nog",
  overlapNone: "helemaal niet",
  overlapHour: "1 uur",
  overlapDay: "1 dag",
  overlapWeek: "7 dagen",
  revoke: "Intrekken",
  revokeToken: "Token {token} intrekken",
  revokeTitle: "Dit token intrekken?",
  revokeText:
    "Het werkt meteen niet meer. Gebruikt je identity provider dit token, dan stopt de provisioning totdat je er een ander token plakt.",

  // Pause, resume, delete
  controlTitle: "Pauzeren of verwijderen",
  pause: "Pauzeren",
  pauseText:
    "Tijdens een pauze krijgt je identity provider te horen dat hij het later opnieuw moet proberen, en verandert er niemand.",
  pauseTitle: "Provisioning pauzeren?",
  resume: "Hervatten",
  resumeText: "Je identity provider gaat verder waar hij was gebleven.",
  resumeTitle: "Provisioning hervatten?",
  remove: "Verbinding verwijderen",
  removeText: "Het adres werkt niet meer voor de tokens van deze verbinding, en het logboek wordt verwijderd.",
  removeTitle: "De verbinding met {workspace} verwijderen?",
  removeUsers: "Wat gebeurt er met de mensen die zij heeft geprovisioneerd?",
  removeKeep: "Ze blijven, en worden voortaan in {product} beheerd",
  removeDeactivate: "Ze worden gedeactiveerd",
  removed: "De verbinding is verwijderd.",
  resumed: "De provisioning is hervat.",
  pausedNow: "De provisioning is gepauzeerd.",
  revoked: "Het token is ingetrokken.",

  // The access pages
  ...nlAccess,
};
