"""How people write the kinds of organization and the positions in them."""

import re

from django.utils.translation import gettext as _

from learning.register.reading.cells import Clean, cell
from learning.register.reading.headings import label_key

# The values of organizations' Kind and their Thai names, in the order of the template.
KINDS = {
    "agricultural": "สหกรณ์การเกษตร",
    "fishery": "สหกรณ์ประมง",
    "settlement": "สหกรณ์นิคม",
    "store": "สหกรณ์ร้านค้า",
    "service": "สหกรณ์บริการ",
    "savings": "สหกรณ์ออมทรัพย์",
    "credit_union": "สหกรณ์เครดิตยูเนี่ยน",
    "federation": "ชุมนุมสหกรณ์",
    "farmers_group": "กลุ่มเกษตรกร",
    "womens_group": "กลุ่มสตรีสหกรณ์",
    "youth_group": "กลุ่มเยาวชนสหกรณ์",
    "occupation_group": "กลุ่มอาชีพ",
    "other_group": "กลุ่มอื่น ๆ",
}
GROUP_KINDS = frozenset({"farmers_group", "womens_group", "youth_group", "occupation_group", "other_group"})

# How a name begins that says its kind, without blanks and signs. The order counts.
_BEGINNINGS = (
    ("federation", r"ชุมนุม|federation"),
    ("womens_group", r"(?:กลุ่ม|องค์กร)?(?:สตรี|แม่บ้าน|ผู้หญิง)|women"),
    ("youth_group", r"(?:กลุ่ม)?(?:เยาวชน|ยุวเกษตร|ยุวสหกรณ์|อนุชน)|youth"),
    ("occupation_group", r"(?:กลุ่ม)?(?:ส่งเสริม)?อาชีพ|occupation"),
    ("farmers_group", r"กลุ่มเกษตรกร|farmersgroup|farmergroup"),
    ("other_group", r"(?:กลุ่ม)?อื่น|othergroup"),
    ("agricultural", r"(?:สหกรณ์)?การเกษตร|สหกรณ์เกษตร|เกษตร$|agricultur"),
    ("fishery", r"(?:สหกรณ์)?(?:การ)?ประมง|fisher"),
    ("settlement", r"(?:สหกรณ์)?นิคม|(?:land)?settlement"),
    ("store", r"(?:สหกรณ์)?ร้าน(?:ค้า|สหกรณ์)|store|consumer"),
    ("service", r"(?:สหกรณ์)?(?:การ)?บริการ|service"),
    ("savings", r"(?:สหกรณ์)?ออมทรัพ|savings|thrift"),
    ("credit_union", r"(?:สหกรณ์)?(?:เครดิต|ยูเนี่?ยน)|credit"),
)
_KIND_PATTERNS = tuple((value, re.compile(pattern)) for value, pattern in _BEGINNINGS)
_EXACT_KINDS = {label_key(label): value for value, label in KINDS.items()} | {
    label_key(value): value for value in KINDS
}


def kind_of(name: str) -> str | None:
    """The kind that a name begins with; None when it does not say."""
    key = label_key(name)
    return _EXACT_KINDS.get(key) or next((value for value, pattern in _KIND_PATTERNS if pattern.match(key)), None)


@cell
def kind(text: str) -> Clean:
    """A value of Kind, from its Thai or English name however it is spelled."""
    if found := kind_of(text):
        return Clean(found)
    if label_key(text).startswith("กลุ่ม"):
        return Clean("other_group")
    return Clean(problem=_("This kind is not known. Write one of: %(kinds)s.") % {"kinds": ", ".join(KINDS.values())})


def is_group_name(name: str) -> bool | None:
    """Whether an organization of this name is a group, and not a cooperative; None when the name does not say."""
    key = label_key(name)
    if key.startswith("กลุ่ม"):
        return True
    found = kind_of(name)
    return found in GROUP_KINDS if found else (False if key.startswith("สหกรณ์") else None)


# --- positions -----------------------------------------------------------------------------------
COOPERATIVE_POSITIONS = {
    "board_chair": "ประธานกรรมการ",
    "board_vice_chair": "รองประธานกรรมการ",
    "board_secretary": "เลขานุการ",
    "board_treasurer": "เหรัญญิก",
    "board_member": "กรรมการ",
    "manager": "ผู้จัดการ",
    "deputy_manager": "รองผู้จัดการ",
    "staff": "เจ้าหน้าที่",
    "accounting_staff": "เจ้าหน้าที่บัญชี",
    "business_auditor": "ผู้ตรวจสอบกิจการ",
    "member": "สมาชิก",
}
GROUP_POSITIONS = {
    "group_leader": "ประธานกลุ่ม",
    "group_treasurer": "เหรัญญิกกลุ่ม",
    "group_board_member": "กรรมการกลุ่ม",
    "group_adviser": "ที่ปรึกษากลุ่ม",
    "member": "สมาชิก",
}
_OF_AN_OFFICE = r"(?:หัวหน้า|ผู้ช่วย)?(?:ฝ่าย)?"
_CLERK = r"(?:เจ้าหน้าที่|จนท|พนักงาน|พนง)"
# In a cooperative, in a group; empty where there is no such position. The first that fits counts.
_POSITIONS: tuple[tuple[str, str, str], ...] = (
    (r"รองประธาน|vicechair|deputychair", "board_vice_chair", "group_board_member"),
    (
        r"(?:กรรมการ(?:และ)?)?(?:ผู้ช่วย)?เลขา(?:นุการ|ธิการ)?|(?:board)?secretary",
        "board_secretary",
        "group_board_member",
    ),
    (r"(?:กรรมการ(?:และ)?)?(?:ผู้ช่วย)?เหรัญ|(?:board|group)?treasurer", "board_treasurer", "group_treasurer"),
    (r"ประธาน|(?:board)?chair|president", "board_chair", "group_leader"),
    (r"หัวหน้ากลุ่ม|ผู้นำกลุ่ม|(?:group)?leader", "", "group_leader"),
    (r"(?:คณะ)?กรรมการ|(?:group)?board|(?:group)?committee|director", "board_member", "group_board_member"),
    (r"(?:รอง|ผู้ช่วย|ผช)(?:ผู้จัดการ|ผจก|จัดการ)|(?:deputy|assistant)manager", "deputy_manager", ""),
    (r"(?:รักษาการ)?(?:แทน)?(?:ในตำแหน่ง)?(?:ผู้จัดการ|ผจก)|manager", "manager", ""),
    (_OF_AN_OFFICE + _CLERK + "?(?:นัก|สมุห์)?(?:การเงิน(?:และ)?)?(?:การ)?บัญชี|account", "accounting_staff", ""),
    (r"(?:คณะ)?ผู้ตรวจ(?:สอบ)?กิจการ|(?:business)?auditor", "business_auditor", ""),
    (
        _OF_AN_OFFICE + f"(?:{_CLERK}|ลูกจ้าง|ธุรการ|สินเชื่อ|การเงิน|การตลาด|จัดการ)|staff|employee",
        "staff",
        "",
    ),
    (r"(?:ผู้แทน)?สมาชิก|member|delegate", "member", "member"),
    (r"(?:คณะ)?ที่ปรึกษา|(?:group)?advis", "", "group_adviser"),
)
_POSITION_PATTERNS = tuple((re.compile(pattern), *values) for pattern, *values in _POSITIONS)
_EXACT_POSITIONS = {value.replace("_", ""): value for value in (*COOPERATIVE_POSITIONS, *GROUP_POSITIONS)}


@cell
def position(text: str, is_group: bool | None) -> Clean:
    """A value of Position. กรรมการ is another position in a group than in a cooperative.

    When it is not known what the organization is, a position that names the group (ประธานกลุ่ม) is one of a
    group, any other one of a cooperative.
    """
    key = label_key(text)
    in_group = is_group if is_group is not None else "กลุ่ม" in key or key.startswith(("group", "ที่ปรึกษา"))
    allowed = GROUP_POSITIONS if in_group else COOPERATIVE_POSITIONS
    found = _EXACT_POSITIONS.get(key)
    # ประธานกลุ่ม in a cooperative leads a group of its members: that is no seat on the board.
    if found not in allowed and (in_group or "กลุ่ม" not in key):
        for pattern, *values in _POSITION_PATTERNS:
            if pattern.match(key):
                found = values[in_group]
                break
    if found in allowed:
        return Clean(found)
    return Clean(problem=_("Write one of these positions: %(positions)s.") % {"positions": ", ".join(allowed.values())})
