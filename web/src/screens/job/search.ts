import { flag, type Raw, text, told } from "@/state/search";

/** What the address of a job holds: the criterion that is lit, whether it is being edited. */
export const jobSearch = (raw: Raw) => told({ criterion: text(raw.criterion), edit: flag(raw.edit) });
