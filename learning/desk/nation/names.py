"""Invented names of people, places and organizations, built from parts so that no real one is met."""

from random import Random

from cms.thai.names import organization_key
from learning.organizations.choices import INFORMAL_GROUPS, Kind


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


# Ordinary given names; the cast of the demo and of the tests is left out.
WOMEN = _words(
    "สมศรี สุดา วันเพ็ญ บุญมี ประนอม จันทร์เพ็ญ อรุณี นงลักษณ์ สุภาพร รัตนา พรทิพย์",
    "กาญจนา สุกัญญา วาสนา ดวงใจ ทองใบ ศิริพร อรทัย ณัฐธิดา ปวีณา จิราพร ชลธิชา",
    "กมลวรรณ สายฝน เพ็ญศรี ละออง บัวลอย สำรวย นิภา ลำดวน น้ำฝน ฉวีวรรณ",
)
MEN = _words(
    "สมศักดิ์ ประเสริฐ บุญส่ง วิชัย สุชาติ ธนพล อนุชา สมบูรณ์ ทองดี ประยูร สุรชัย",
    "มานพ ณรงค์ วีระ ชาญชัย บุญเลิศ สมพงษ์ ไพโรจน์ พงศกร ธีรพงษ์ เกรียงไกร สำราญ",
    "อุดม คำปัน จรัญ นิพนธ์ ศุภชัย อำนาจ เสถียร วันชัย ก้องภพ ปรีดา",
)
# A family name is one of each: รวงทุ่งกว้าง.
_FAMILY_BEGINS = _words(
    "รวง ธาร ดาว ฟ้า ขวัญ พูน ชื่น แก้ว เพียร งาม อิ่ม แสง",
    "ร่ม มั่น บัว ไพร ลาน หอม ใจ ยิ้ม เรือน พันธุ์ ทอง มิ่ง",
)
_FAMILY_ENDS = _words(
    "ทุ่งกว้าง ธารเย็น ดอยหมอก วังดาว นาใส ไพรงาม ลมหนาว ฝนพรำ ฟ้ากว้าง ดินดำ น้ำนิ่ง",
    "แดดอ่อน ไร่อ้อม สวนริม เกวียนทอง เรือแก้ว สะพานไม้ ยุ้งเต็ม ลานตาล กอไผ่ รุ้งพาด",
    "จันทร์แรม ดาวเรียง หมอกบาง คันนา ปลายฝน ต้นหนาว ร่มยาง ริมคุ้ง เนินแก้ว ปากธาร ท้ายไร่",
)

# A place is one of each: ทุ่งรุ้งเก้าดาว.
_LAND = _words("ทุ่ง ดอน หนอง โคก คลอง ห้วย นา วัง เนิน ท่า บึง ไร่ ป่า ลาน สวน คุ้ง")
_WHAT = _words(
    "รุ้ง ขวัญ หมอก รวง เกวียน จันทร์ ละออ พิรุณ ฝัน เพลิน",
    "ระฆัง กังหัน ว่าว โคม พู่ เมฆา ตะวัน น้ำค้าง แสงดาว กระดิ่ง",
)
_HOW = _words(
    "เก้าดาว พันรวง สามสาย อิ่มเอม ชื่นใจ ลอยลม ร้อยสี พราวฟ้า คู่ธาร",
    "แรมทาง เจ็ดคุ้ง อ้อมกอด ไกวเปล เต็มยุ้ง หอมดิน สุขสันต์ เรืองแสง พร้อมพรัก",
)

_BEFORE = {
    Kind.AGRICULTURAL: "สหกรณ์การเกษตร",
    Kind.FISHERY: "สหกรณ์ประมง",
    Kind.SETTLEMENT: "สหกรณ์นิคม",
    Kind.STORE: "ร้านสหกรณ์",
    Kind.SERVICE: "สหกรณ์บริการ",
    Kind.SAVINGS: "สหกรณ์ออมทรัพย์",
    Kind.CREDIT_UNION: "สหกรณ์เครดิตยูเนี่ยน",
    Kind.FEDERATION: "ชุมนุมสหกรณ์การเกษตร",
    Kind.WOMENS_GROUP: "กลุ่มสตรีสหกรณ์",
    Kind.YOUTH_GROUP: "กลุ่มเยาวชนสหกรณ์",
}
# Farmers' groups bear their trade, occupation and other groups what they do.
_TRADES = {
    Kind.FARMERS_GROUP: [f"กลุ่มเกษตรกร{trade}" for trade in _words("ทำนา ทำสวน ทำไร่ เลี้ยงสัตว์")],
    Kind.OCCUPATION_GROUP: [f"กลุ่มอาชีพ{trade}" for trade in _words("ทอผ้า จักสาน แปรรูปกล้วย ทำน้ำพริก เลี้ยงไก่ ทำขนม เพาะเห็ด")],
    Kind.OTHER_GROUP: [f"กลุ่ม{what}" for what in _words("ผู้ใช้น้ำ ปุ๋ยหมัก ออมเมล็ดพันธุ์ ผู้เลี้ยงโค")],
}
_GROUPS = INFORMAL_GROUPS | {Kind.FARMERS_GROUP}


def family_name(rng: Random) -> str:
    return rng.choice(_FAMILY_BEGINS) + rng.choice(_FAMILY_ENDS)


def place_name(rng: Random) -> str:
    return rng.choice(_LAND) + rng.choice(_WHAT) + rng.choice(_HOW)


def organization_name(kind: str, place: str, rng: Random) -> str:
    """สหกรณ์การเกษตรทุ่งรุ้งเก้าดาว จำกัด; a group has no จำกัด behind its name (s. 43 (1) of the Act)."""
    trades = _TRADES.get(Kind(kind))
    before = rng.choice(trades) if trades else _BEFORE[Kind(kind)]
    return f"{before}{place}" if kind in _GROUPS else f"{before}{place} จำกัด"


class Register:
    """Gives every organization a name that no other of its kind has in its district."""

    def __init__(self, taken: set[tuple[str, str, str]], rng: Random) -> None:
        self.taken, self.rng = taken, rng

    def name(self, kind: str, district: str, place: str) -> tuple[str, str]:
        """The name and its search key; a second group of a place bears the number of its village."""
        name = first = organization_name(kind, place, self.rng)
        village = 1
        while (district, kind, key := organization_key(name)) in self.taken:
            village += 1
            if kind in _GROUPS:
                name = f"{first} หมู่ที่ {village}"
            else:
                name = organization_name(kind, place_name(self.rng), self.rng)
        self.taken.add((district, kind, key))
        return name, key
