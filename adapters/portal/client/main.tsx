/** Where the page begins. */
import { render } from "preact";
import { App } from "./app.tsx";

const root = document.getElementById("portal");
if (root !== null) render(<App />, root);
