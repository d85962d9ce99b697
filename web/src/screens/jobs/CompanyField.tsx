/** The name of a company, with those that are known already as suggestions. Another name may be written. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { companiesQuery } from "@/api/crm";
import { Foot } from "@/parts/Fields";
import fields from "@/parts/Fields.module.css";
import menu from "@/parts/Menu.module.css";
import { useRested } from "@/state/rested";
import { languageOf } from "@/texts/script";

/** Suggestions that are shown at once. */
const SHOWN = 8;
/** How long typing rests before suggestions are asked for. */
const REST_MS = 150;

interface CompanyFieldProps {
  label: string;
  hint: string;
  value: string;
  onChange: (name: string) => void;
  fault?: string;
}

export function CompanyField({ label, hint, value, onChange, fault }: CompanyFieldProps) {
  const q = useRested(value.trim(), REST_MS);
  const asked = { q: q || undefined, sort: "name", descending: false } as const;
  const { data } = useInfiniteQuery({ ...companiesQuery(asked, SHOWN), placeholderData: keepPreviousData });
  const found = useMemo(() => data?.pages[0]?.items ?? [], [data]);
  return (
    <ComboBox
      className={fields.field!}
      items={found}
      inputValue={value}
      onInputChange={onChange}
      allowsCustomValue
      isInvalid={Boolean(fault)}
      validationBehavior="aria"
      menuTrigger="input"
    >
      <Label className={fields.label!}>{label}</Label>
      <Input className={fields.input!} maxLength={200} />
      <Foot hint={hint} fault={fault} />
      <Popover className={menu.popover!}>
        <ListBox className={menu.menu!}>
          {(one: (typeof found)[number]) => (
            <ListBoxItem id={one.id} textValue={one.name} className={menu.item!}>
              <span className="grow" lang={languageOf(one.name)}>
                {one.name}
              </span>
              <span className="meta">{one.location}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
