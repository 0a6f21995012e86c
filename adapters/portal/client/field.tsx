/** A form field with its label, hint and error. */
import type { ComponentChildren, VNode } from "preact";
import { useId } from "preact/hooks";
import type { ChoiceMessage } from "../messages.ts";
import type { Text } from "../strings/en.ts";
import { say } from "./page.ts";

/** The attributes that tie a control to its label and hint. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

interface FieldProps {
  readonly label: Text;
  readonly hint?: Text | undefined;
  readonly error?: Text | undefined;
  readonly children: (control: FieldControl) => ComponentChildren;
}

/** A label, a control, and what there is to say of it. */
export function Field({ label, hint, error, children }: FieldProps): VNode {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{say(label)}</label>
      {children({
        id,
        ...(described === "" ? {} : { "aria-describedby": described }),
        ...(error === undefined ? {} : { "aria-invalid": true }),
      })}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {say(hint)}
        </p>
      )}
      {error !== undefined && (
        <p class="error" id={`${id}-error`}>
          {say(error)}
        </p>
      )}
    </div>
  );
}

interface SelectProps {
  readonly label: Text;
  readonly hint?: Text;
  readonly error?: Text | undefined;
  /** What stands there while nothing is chosen. */
  readonly placeholder: Text;
  readonly choices: readonly ChoiceMessage[];
  readonly value: string;
  readonly disabled?: boolean;
  readonly onChange: (id: string) => void;
}

/** A choice from a list. A value that is not in the list shows as nothing chosen. */
export function Select({ label, hint, error, placeholder, choices, value, disabled, onChange }: SelectProps): VNode {
  const known = choices.some(({ id }) => id === value);
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select
          {...control}
          value={known ? value : ""}
          disabled={disabled}
          required
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {!known && <option value="">{say(placeholder)}</option>}
          {choices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
