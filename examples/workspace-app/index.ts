/** Tandem, a small product whose people and teams are provisioned over SCIM. `npm start`. */
import { seed } from "./database/seed.ts";
import { printMail } from "./mail.ts";
import { localOrigin, openProduct } from "./open-product.ts";
import { portalPath } from "./portal.ts";
import { leaveToken } from "./running.ts";
import { seedConnection } from "./seed-connection.ts";
import { databaseUrl, givenToken, ownerPassword, port, publicUrl, scimUrl } from "./settings.ts";

const { product, store, server, close } = await openProduct({
  databaseUrl,
  post: printMail,
  origin: (listening) => publicUrl ?? localOrigin(listening),
});
const password = await seed(product.db, ownerPassword);
const token = await seedConnection(product, store, givenToken);

server.once("listening", () => {
  const listeningAt = Number(new URL(localOrigin(server)).port);
  if (token !== undefined && givenToken === undefined) leaveToken(listeningAt, token);
  console.log(greeting(product.origin(), listeningAt).join("\n"));
});
server.once("error", (error) => {
  console.error(`${error.message}. Set PORT to use another port.`);
  process.exitCode = 1;
  void close();
});
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void close());
server.listen(port);

function greeting(origin: string, listeningAt: number): readonly string[] {
  const secret = password === undefined ? "the password that was printed when the database was new" : password;
  const environment = [
    ...(listeningAt === 3000 ? [] : [`PORT=${listeningAt}`]),
    ...(givenToken === undefined ? [] : [`SCIM_TOKEN=${quoted(givenToken)}`]),
  ];
  const url = scimUrl(origin);
  return [
    `Sign in   ${origin}/`,
    "          as olivia@contoso.example (connected), nora@northwind.example (not yet), finn@fabrikam.example (no plan)",
    `          with ${secret}`,
    `Portal    ${origin}${portalPath}`,
    ...(token === undefined ? [] : [`Demo      ${[...environment, "npm run demo:entra"].join(" ")}`]),
    `SCIM URL  ${url}`,
    ...(token === undefined ? [] : [`Token     ${token}`]),
    ...(token === undefined ? [] : [`Try it    curl -H ${quoted(`Authorization: Bearer ${token}`)} ${url}/Users`]),
  ];
}

/** For a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
