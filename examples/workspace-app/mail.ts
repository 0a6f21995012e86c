/** Letters to people. This product prints them where another would hand them to a mail service. */

/** A letter: one line each of address and subject. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends a letter, or sees to it that it is sent. */
export type Post = (letter: Letter) => void;

/** Prints letters. What a name or an address holds cannot move the cursor, or look like another line. */
export const printMail: Post = ({ to, subject, text }) => {
  const lines = [`To ${to}: ${subject}`, ...text.split("\n")];
  console.log(["", ...lines.map((line) => `  ✉ ${line.replace(/\p{Control}/gu, " ")}`), ""].join("\n"));
};
