// Identifiers of institutions and their check digits. Equals generator/tebiki/model/institution_id.py, which names the
// specifications.
import type { Identifier } from "./model";

const ROR = /^0([a-hj-km-np-tv-z0-9]{6})([0-9]{2})$/;
const HOUJIN_BANGOU = /^([1-9])([0-9]{12})$/;
const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";

function isRor(value: string): boolean {
  const [, characters = "", check] = ROR.exec(value) ?? [];
  const number = [...characters].reduce((sum, character) => sum * 32 + CROCKFORD.indexOf(character), 0);
  return check !== undefined && 98 - ((number * 100) % 97) === Number(check);
}

function isHoujinBangou(value: string): boolean {
  const [, check, digits = ""] = HOUJIN_BANGOU.exec(value) ?? [];
  const sum = [...digits].reverse().reduce((sum, digit, place) => sum + Number(digit) * (1 + (place % 2)), 0);
  return check !== undefined && 9 - (sum % 9) === Number(check);
}

/** Whether the value is an identifier of its scheme with the right check digits. */
export function isInstitutionId({ scheme, value }: Identifier): boolean {
  return scheme === "ror" ? isRor(value) : isHoujinBangou(value);
}

/** The identifier in what somebody has typed or pasted; undefined where there is none with the right check digits. */
export function parseInstitutionId(text: string): Identifier | undefined {
  const plain = text.normalize("NFKC").trim().toLowerCase();
  const ror = plain.replace(/^(?:https?:\/\/)?ror\.org\//, "");
  const candidates: Identifier[] = [
    { scheme: "ror", value: ror },
    { scheme: "houjin-bangou", value: plain.replace(/[\s-]/g, "") },
  ];
  return candidates.find(isInstitutionId);
}
