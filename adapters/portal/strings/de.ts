/** The portal's texts in German. */
import { deAccess } from "./de-access.ts";
import type { Strings } from "./en.ts";

/** The table. */
export const de: Strings = {
  // The page
  title: "Benutzerbereitstellung (SCIM)",
  lead: "Ihr Identitätsanbieter legt Personen und Teams in {product} an, hält sie aktuell und deaktiviert sie, sodass niemand das von Hand tun muss.",
  forOrganisation: "Organisation: {organisation}",
  loading: "Wird geladen …",
  scriptNeeded: "Diese Seite benötigt JavaScript.",
  cancel: "Abbrechen",
  saved: "Gespeichert.",
  never: "nie",
  readOnly: "Sie können diese Einstellungen ansehen, aber nicht ändern.",

  // What goes wrong on the page itself
  failed: "Das hat nicht geklappt.",
  offline: "{product} ist nicht erreichbar. Neuer Versuch …",
  errorSession: "Sie sind abgemeldet oder dürfen das nicht mehr. Laden Sie die Seite neu.",
  errorForbidden: "Sie dürfen das nicht tun.",
  errorMissing: "Diese Verbindung gibt es nicht mehr. Laden Sie die Seite neu.",
  errorInput: "Eine Eingabe wird nicht angenommen.",
  errorOrigin: "Die Anfrage kam nicht von dieser Seite. Laden Sie sie neu und versuchen Sie es noch einmal.",
  errorWorkspace: "Dieser Arbeitsbereich kann nicht gewählt werden.",
  errorRole: "Diese Rolle kann nicht gewählt werden.",
  errorWorkspaceTaken: "Dieser Arbeitsbereich hat bereits eine Verbindung.",
  errorTooManyWorkspaces: "Ihre Organisation kann nicht mehr Arbeitsbereiche verbinden.",
  errorTooManyTokens: "Es gibt zu viele gültige Token. Widerrufen Sie eines, das nicht benutzt wird.",
  errorTokenEnded: "Dieses Token ist abgelaufen oder wurde widerrufen; erstellen Sie ein neues.",
  errorUsersRemain:
    "Einige Personen konnten nicht deaktiviert werden. Die Verbindung ist angehalten; deaktivieren Sie die Personen in {product} und löschen Sie die Verbindung noch einmal.",
  errorServer: "{product} konnte das nicht ausführen. Versuchen Sie es gleich noch einmal.",
  refusedTitle: "Sie können diese Seite nicht öffnen",
  refusedText: "Melden Sie sich als jemand an, der die Bereitstellung Ihrer Organisation verwalten darf.",
  missingTitle: "Diese Seite gibt es nicht",
  missingText: "Gehen Sie zurück zu den Einstellungen und öffnen Sie die Seite von dort aus.",
  brokenTitle: "Diese Seite kann gerade nicht angezeigt werden",
  brokenText: "In {product} ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.",

  // Not in the plan
  planTitle: "Die Bereitstellung gehört nicht zu Ihrem Tarif",
  planText: "Ihre Organisation kann die SCIM-Bereitstellung zurzeit nicht nutzen.",
  planStopped:
    "Anfragen Ihres Identitätsanbieters werden abgelehnt, bis der Tarif sie wieder umfasst. Niemand wurde entfernt.",

  // Setting it up
  setupTitle: "Bereitstellung einrichten",
  setupText:
    "Wählen Sie, wohin Personen und Teams kommen. Danach erhalten Sie eine Adresse und ein Token für Ihren Identitätsanbieter.",
  setupMore: "Verbindung hinzufügen",
  workspace: "Arbeitsbereich",
  workspaceHint: "Personen und Teams Ihres Identitätsanbieters erscheinen in diesem Arbeitsbereich.",
  workspaceNone: "Jeder Arbeitsbereich, den Sie wählen dürfen, hat bereits eine Verbindung.",
  role: "Standardrolle",
  roleHint: "Neue Personen erhalten diese Rolle. Rollen, die Sie später in {product} ändern, bleiben, wie sie sind.",
  rolePick: "Rolle wählen",
  workspacePick: "Arbeitsbereich wählen",
  roleNone: "Es gibt keine Rolle, die hier vergeben werden darf.",
  required: "Treffen Sie eine Wahl.",
  create: "Speichern und Token erhalten",
  connections: "Verbindungen",

  // Address and token
  credentialsTitle: "Adresse und Token",
  url: "SCIM-URL",
  token: "Token",
  tokenOnce:
    "Kopieren Sie das Token jetzt. Es wird nur dieses eine Mal angezeigt und kann später nicht abgerufen werden.",
  tokenSafe:
    "Wer das Token hat, kann die Personen im Arbeitsbereich ändern: Fügen Sie es in Ihren Identitätsanbieter ein und nirgends sonst.",
  tokenStored: "Ich habe das Token gesichert",
  tokenHidden: "Das Token, das Sie kopiert haben",
  copy: "Kopieren",
  copyUrl: "SCIM-URL kopieren",
  copyToken: "Token kopieren",
  copied: "Kopiert.",
  copyFailed: "Der Browser hat das Kopieren nicht erlaubt. Der Text ist markiert: Kopieren Sie ihn mit Strg+C oder ⌘C.",

  // Status
  statusTitle: "Status",
  waiting: "Wartet auf die erste Anfrage",
  waitingHint: "Diese Seite zeigt sie, sobald Ihr Identitätsanbieter sich meldet.",
  connected: "Verbunden",
  connectedTo: "Verbunden mit {provider}",
  paused: "Angehalten",
  pausedHint:
    "Ihr Identitätsanbieter wird gebeten, es später erneut zu versuchen. Nichts wird geändert, und nichts geht verloren.",
  notEntitled: "Nicht in Ihrem Tarif",
  lastRequest: "Letzte Anfrage",
  lastError: "Letzter Fehler",
  users: "Bereitgestellte Personen",
  groups: "Bereitgestellte Teams",
  none: "keine",

  // Doctor
  doctorTitle: "Was zu ändern ist",
  noRequestTitle: "Es ist noch keine Anfrage gekommen",
  noRequestText:
    "Das Token wurde {time} erstellt: Ihr Identitätsanbieter hätte sich schon melden müssen. Prüfen Sie, ob die Bereitstellung dort gestartet ist, ob die URL {url} lautet und ob das Token das kopierte ist. Ein Token, in das ein Leerzeichen oder ein Zeilenumbruch mit eingefügt wurde, funktioniert nicht.",
  onlyReadsTitle: "Die Verbindung funktioniert, aber es wird niemand gesendet",
  onlyReadsText:
    "Der Test war erfolgreich, und seither ist weder eine Person noch ein Team gekommen. Weisen Sie der Anwendung in Ihrem Identitätsanbieter Personen oder Gruppen zu und starten Sie die Bereitstellung.",
  wrongUrlTitle: "Die URL in Ihrem Identitätsanbieter stimmt nicht ganz",
  wrongUrlText:
    "Er fragt nach {path}, und das gibt es unter der SCIM-URL nicht. Setzen Sie die URL auf {url}, ohne etwas davor oder dahinter.",
  entraFlagTitle: "Entra ID sendet Änderungen in seiner alten Form",
  entraFlagText:
    "Änderungen wurden abgelehnt, weil Entra ID sie in einer eigenen Form geschrieben hat. Setzen Sie die **Tenant URL** auf {url}, damit Entra ID dem Standard folgt, und speichern Sie.",
  unstableIdTitle: "„externalId“ ist mit etwas verknüpft, das sich ändert",
  unstableIdText:
    'Ihr Identitätsanbieter füllt **externalId** mit einer E-Mail-Adresse oder einem Namen. Ändert sich der Name einer Person, geht die Verbindung zwischen den beiden Konten verloren. Verknüpfen Sie es mit der Kennung, die sich nie ändert: **objectId** in Entra ID, **user.getInternalProperty("id")** in Okta.',
  pushGroupsTitle: "Aus Okta kommen Personen, aber keine Teams",
  pushGroupsText:
    "Okta sendet Gruppen nur, wenn Sie sagen, welche. Öffnen Sie in der Anwendung **Push Groups**, fügen Sie die Gruppen hinzu und prüfen Sie, ob **Push Groups** unter **Provisioning → Integration** angekreuzt ist.",
  collisionsTitle: "Einige Personen gibt es in {product} bereits",
  collisionsText:
    "Abgelehnte Anfragen: {count}. Es gibt schon jemanden mit dieser E-Mail-Adresse oder diesem Benutzernamen. Benennen Sie das Konto in {product} um, entfernen Sie es, oder bitten Sie {product}, es zu verknüpfen; Ihr Identitätsanbieter versucht es danach erneut.",
  collidingText:
    "Ihr Identitätsanbieter hat Personen gefunden, die schon hier sind und die diese Verbindung nicht verwaltet (Anfragen: {count}). Was er für sie sendet, wird abgelehnt, sofern {product} sie nicht verknüpft. Benennen Sie diese Konten in {product} um, entfernen Sie sie, oder bitten Sie {product}, sie zu verknüpfen.",
  roleGoneTitle: "Die Standardrolle gibt es nicht mehr",
  roleGoneText:
    "Neue Personen erhalten die Ersatzrolle. Wählen Sie unten in den Einstellungen eine andere Standardrolle.",
  tokenExpiryTitle: "Ein Token läuft bald ab",
  tokenExpiryText:
    "Das Token {token} läuft {time} ab. Ersetzen Sie es und fügen Sie das neue vorher in Ihren Identitätsanbieter ein.",
  tokenNoneTitle: "Es gibt kein gültiges Token",
  tokenNoneText:
    "Alle Token sind abgelaufen oder wurden widerrufen, sodass Ihr Identitätsanbieter abgewiesen wird. Erstellen Sie ein neues und fügen Sie es dort ein.",

  // Instructions
  guideTitle: "Ihren Identitätsanbieter einrichten",
  guideChoose: "Identitätsanbieter",
  guideOther: "Andere",
  guideSteps: "Schritte für {provider}",
  guideTokenHint:
    "Das Token wird nur beim Erstellen angezeigt. Erstellen Sie unten ein neues, wenn Sie es nicht mehr haben.",

  // Log
  logTitle: "Protokoll",
  logEmpty: "Noch keine Anfrage.",
  logMore: "Ältere anzeigen",
  logOnlyErrors: "Nur Fehler",
  logNoErrors: "Keine Fehler unter diesen Anfragen.",
  logRequest: "Anfrage",
  logOutcome: "Ergebnis",
  logDuration: "Dauer",
  logOk: "OK",
  logRefused: "Abgelehnt",
  logError: "Fehler",
  logId: "Kennung",
  logSaid: "Was Ihrem Identitätsanbieter geantwortet wurde",
  logMeaning: "Was es bedeutet",
  logClient: "Client",
  logNotes: "Außerdem geschehen",

  // Requests in words
  createUser: "Person anlegen",
  getUser: "Person lesen",
  listUser: "Personen suchen",
  patchUser: "Person ändern",
  replaceUser: "Person ersetzen",
  deleteUser: "Person löschen",
  createGroup: "Team anlegen",
  getGroup: "Team lesen",
  listGroup: "Teams suchen",
  patchGroup: "Team ändern",
  replaceGroup: "Team ersetzen",
  deleteGroup: "Team löschen",
  bulk: "Mehrere Änderungen auf einmal",
  discover: "Lesen, was unterstützt wird",
  searchAll: "Alles durchsuchen",
  unknownAddress: "Unbekannte Adresse",
  turnedAway: "Nicht eingelassen",
  otherRequest: "Andere Anfrage",

  // Errors explained
  explainUnauthorized:
    "Das Token ist unbekannt, abgelaufen oder widerrufen. Fügen Sie ein gültiges Token in Ihren Identitätsanbieter ein.",
  explainForbidden:
    "Eine Regel von {product} lässt das nicht zu: siehe, was Ihrem Identitätsanbieter geantwortet wurde.",
  explainNotFound:
    "Die Person oder das Team gibt es in {product} nicht mehr. Identitätsanbieter bemerken das und legen sie meist neu an.",
  explainAddress:
    "An dieser Adresse ist nichts. Prüfen Sie, ob die URL in Ihrem Identitätsanbieter genau die SCIM-URL ist.",
  explainUniqueness:
    "Es gibt bereits jemanden (oder ein Team) mit diesem Benutzernamen, dieser E-Mail-Adresse oder diesem Namen. Benennen Sie eines der beiden um oder entfernen Sie es.",
  explainPrecondition: "Jemand anderes hat es inzwischen geändert. Ihr Identitätsanbieter versucht es erneut.",
  explainTooLarge: "Die Anfrage ist größer, als {product} annimmt. Senden Sie weniger Änderungen auf einmal.",
  explainInvalidValue:
    "Ein Wert fehlt oder ist von der falschen Art. Prüfen Sie die Attributzuordnung in Ihrem Identitätsanbieter.",
  explainInvalidSyntax:
    "Die Anfrage ist nicht so geschrieben, wie der Standard es verlangt. Prüfen Sie die Attributzuordnung, besonders eigene Attribute.",
  explainInvalidFilter:
    "Ihr Identitätsanbieter sucht Personen nach etwas, wonach nicht gesucht werden kann. Suchen Sie nach userName oder externalId.",
  explainInvalidPath:
    "Es wird ein Attribut gesendet, das {product} nicht hat. Entfernen Sie es aus der Attributzuordnung.",
  explainNoTarget:
    "Ein Wert sollte geändert werden, den es nicht gibt. Die nächste vollständige Synchronisierung behebt das meist.",
  explainMutability: "Ein Attribut sollte geändert werden, das fest ist. Entfernen Sie es aus der Attributzuordnung.",
  explainTooMany: "Die Antwort wäre zu lang. Ihr Identitätsanbieter muss weniger auf einmal abfragen.",
  explainTooOften: "Es kamen zu viele Anfragen auf einmal. Ihr Identitätsanbieter versucht es später erneut.",
  explainPaused:
    "Die Verbindung ist angehalten. Ihr Identitätsanbieter versucht es später erneut; setzen Sie sie fort, wenn Sie so weit sind.",
  explainUnavailable: "{product} konnte kurz nicht antworten. Ihr Identitätsanbieter versucht es erneut.",
  explainServer:
    "In {product} ist etwas schiefgegangen. Bleibt es dabei, nennen Sie dem Support den Zeitpunkt dieser Anfrage.",
  explainUnsupported: "{product} bietet diese Operation nicht an.",
  explainOther: "Die Anfrage wurde abgelehnt: siehe, was Ihrem Identitätsanbieter geantwortet wurde.",

  // Settings
  settingsTitle: "Einstellungen",
  settingsSave: "Änderungen speichern",
  workspaceChange:
    "Personen und Teams, die schon da sind, bleiben im alten Arbeitsbereich; Ihr Identitätsanbieter sendet sie neu.",

  // Tokens
  tokensTitle: "Token",
  tokensText:
    "Ihr Identitätsanbieter weist sich mit einem Token aus. Mit mehreren können Sie eines ohne Unterbrechung austauschen.",
  tokensNone: "Keine Token.",
  tokenNew: "Neues Token",
  tokenLabel: "Bezeichnung",
  tokenLabelHint: "Freiwillig; hilft, Token auseinanderzuhalten.",
  tokenExpires: "Läuft ab",
  tokenExpiresHint: "Freiwillig. Tragen Sie es in Ihren Kalender ein: An diesem Tag endet die Bereitstellung.",
  tokenIssue: "Token erstellen",
  tokenUnlabelled: "ohne Bezeichnung",
  tokenCreated: "Erstellt",
  tokenUsed: "Zuletzt benutzt",
  tokenActive: "Gültig",
  tokenExpired: "Abgelaufen",
  tokenRevoked: "Widerrufen",
  rotate: "Ersetzen",
  rotateToken: "Token {token} ersetzen",
  rotateTitle: "Dieses Token ersetzen?",
  rotateText:
    "Sie erhalten ein neues Token, das einmal angezeigt wird. Das alte funktioniert noch so lange, wie Sie angeben, damit Sie das neue ohne Unterbrechung einfügen können.",
  overlap: "Das alte Token funktioniert noch",
  overlapNone: "gar nicht",
  overlapHour: "1 Stunde",
  overlapDay: "1 Tag",
  overlapWeek: "7 Tage",
  revoke: "Widerrufen",
  revokeToken: "Token {token} widerrufen",
  revokeTitle: "Dieses Token widerrufen?",
  revokeText:
    "Es funktioniert sofort nicht mehr. Benutzt Ihr Identitätsanbieter es, endet die Bereitstellung, bis Sie dort ein anderes einfügen.",

  // Pause, resume, delete
  controlTitle: "Anhalten oder löschen",
  pause: "Anhalten",
  pauseText:
    "Solange angehalten ist, wird Ihr Identitätsanbieter gebeten, es später erneut zu versuchen, und niemand wird geändert.",
  pauseTitle: "Bereitstellung anhalten?",
  resume: "Fortsetzen",
  resumeText: "Ihr Identitätsanbieter macht dort weiter, wo er aufgehört hat.",
  resumeTitle: "Bereitstellung fortsetzen?",
  remove: "Verbindung löschen",
  removeText: "Die Adresse funktioniert für ihre Token nicht mehr, und das Protokoll wird gelöscht.",
  removeTitle: "Verbindung zu {workspace} löschen?",
  removeUsers: "Was wird aus den Personen, die sie bereitgestellt hat?",
  removeKeep: "Sie bleiben und werden fortan in {product} verwaltet",
  removeDeactivate: "Sie werden deaktiviert",
  removed: "Die Verbindung ist gelöscht.",
  resumed: "Die Bereitstellung läuft wieder.",
  pausedNow: "Die Bereitstellung ist angehalten.",
  revoked: "Das Token ist widerrufen.",

  // The access pages
  ...deAccess,
};
