// A scanner at a cable types like a keyboard. Where the computer is set to Thai, its Latin signs arrive as Thai ones.

const KEYS =
  "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?';
const KEDMANEE =
  "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ" + '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ';
const latin = new Map([...KEDMANEE].map((sign, place) => [sign, KEYS[place]]));
const THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙";

/** Thai digits as Arabic ones, as somebody types a code by hand. */
export const withArabicDigits = (text) => text.replace(/[๐-๙]/g, (digit) => THAI_DIGITS.indexOf(digit));

/** What was meant: the signs on the keys, when Thai letters show that the keyboard stood on Thai. */
export const withLatinKeys = (text) =>
  /[ก-ฺเ-๎]/.test(text) ? [...text].map((sign) => latin.get(sign) ?? sign).join("") : withArabicDigits(text);
