/** What can be filled in: one line or several, a number, one of some, yes or no. */
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import {
  Checkbox as AriaCheckbox,
  NumberField as AriaNumberField,
  TextField as AriaTextField,
  type CheckboxProps,
  FieldError,
  Input,
  Label,
  type NumberFieldProps,
  Text,
  TextArea,
  type TextFieldProps,
  ToggleButton,
  ToggleButtonGroup,
} from "react-aria-components";
import css from "./Fields.module.css";

export interface Told {
  label: string;
  /** The label is for screen readers alone. */
  bare?: boolean;
  hint?: ReactNode;
  /** What is wrong with it. */
  fault?: string | null;
  size?: "sm";
}

/** What stands below a field: what it is for, or what is wrong with it. */
export function Foot({ hint, fault }: Pick<Told, "hint" | "fault">) {
  return (
    <>
      {hint && !fault && (
        <Text slot="description" className={css.hint!}>
          {hint}
        </Text>
      )}
      <FieldError className={css.fault!}>
        {fault ? (
          <>
            <CircleAlert aria-hidden />
            {fault}
          </>
        ) : undefined}
      </FieldError>
    </>
  );
}

type TextProps = Omit<TextFieldProps, "children" | "className"> &
  Told & { placeholder?: string; rows?: number; autoComplete?: string };

/** One line of text, or several with `rows`. */
export function TextField({ label, bare, hint, fault, size, placeholder, rows, ...rest }: TextProps) {
  return (
    <AriaTextField
      {...rest}
      isInvalid={Boolean(fault)}
      validationBehavior="aria"
      className={css.field!}
      aria-label={bare ? label : undefined}
    >
      {!bare && <Label className={css.label!}>{label}</Label>}
      {rows ? (
        <TextArea className={css.input!} rows={rows} placeholder={placeholder} />
      ) : (
        <Input className={css.input!} data-size={size} placeholder={placeholder} />
      )}
      <Foot hint={hint} fault={fault} />
    </AriaTextField>
  );
}

type NumberProps = Omit<NumberFieldProps, "children" | "className"> & Told;

/** A number. */
export function NumberField({ label, bare, hint, fault, size, ...rest }: NumberProps) {
  return (
    <AriaNumberField
      {...rest}
      isInvalid={Boolean(fault)}
      validationBehavior="aria"
      className={css.field!}
      aria-label={bare ? label : undefined}
    >
      {!bare && <Label className={css.label!}>{label}</Label>}
      <Input className={`${css.input} ${css.number}`} data-size={size} />
      <Foot hint={hint} fault={fault} />
    </AriaNumberField>
  );
}

export interface Option<K extends string = string> {
  id: K;
  text: string;
}

export interface OneOf<K extends string> {
  label: string;
  options: readonly Option<K>[];
  value: K;
  onChange: (value: K) => void;
  isDisabled?: boolean;
}

/** One of a few, all of them shown. */
export function Segmented<K extends string>({ label, options, value, onChange, isDisabled }: OneOf<K>) {
  return (
    <ToggleButtonGroup
      className={css.segmented!}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={isDisabled}
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChange(key as K);
      }}
    >
      {options.map((one) => (
        <ToggleButton key={one.id} id={one.id}>
          {one.text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

/** Yes or no. Without children it needs an `aria-label`. */
export function Checkbox({
  children,
  ...rest
}: Omit<CheckboxProps, "children" | "className"> & { children?: ReactNode }) {
  return (
    <AriaCheckbox {...rest} className={css.box!}>
      <i aria-hidden />
      {children}
    </AriaCheckbox>
  );
}
