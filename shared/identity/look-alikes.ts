/** Cyrillic and Greek letters that look like a Latin one in the same case. */
const lookAlikes = pairs(
  'аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw ѵv ӏl ոn ' +
    'АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ԌG ԚQ ԜW ӀI ' +
    'οo νv αa ιi κk ρp υu ' +
    'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX',
)

/** Small letters without a twin, by sound: so that гатан is found as gatan. */
const sounds = pairs(
  'бb вv гg дd жz зz иi кk лl мm нn пp тt фf цc чc шs щs ыy эe юu яa ґg єe ' +
    'βb γg δd εe ζz ηh θt λl μm ξx πp σs ςs τt φf χx ψp ωo',
)

const plain: ReadonlyMap<string, string> = new Map([
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ß', 'ss'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ł', 'l'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ħ', 'h'],
  ['ŧ', 't'],
  ['ъ', ''],
  ['ь', ''],
])

function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .trim()
      .split(' ')
      .map((pair) => [pair.charAt(0), pair.slice(1)]),
  )
}

/** The Latin letter this one is drawn as, or itself. */
export function latinLookAlike(char: string): string {
  return lookAlikes.get(char) ?? char
}

/** A small letter as it is searched: one or two plain Latin letters where there are any. */
export function plainLatin(char: string): string {
  return lookAlikes.get(char) ?? sounds.get(char) ?? plain.get(char) ?? char
}
