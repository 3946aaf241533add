"""What the sheet of components shows: names of icons and drawings, and a form with every kind of field."""

from django import forms
from django.utils.translation import gettext_lazy as _

# fmt: off
DRAWINGS = [
    "book", "certificate", "hands", "ledger", "lock", "people", "phone", "rice", "search", "seedling",
    "signal", "signpost",
]

ICONS = [
    "menu", "search", "user", "people", "home", "book", "certificate", "lock", "edit", "exit", "globe",
    "chevron-down", "chevron-right", "arrow-right", "arrow-left", "check", "check-circle", "circle",
    "close", "plus", "minus", "alert", "info", "tip", "law", "note", "clock", "calendar", "place", "phone",
    "mail", "download", "upload", "print", "document", "level", "chart", "quiz", "play", "trash", "refresh",
    "bell", "filters", "arrow-up", "arrow-down", "building", "assign", "eye", "merge", "split",
]
# fmt: on


class GalleryForm(forms.Form):
    """One field of each kind; it saves nothing."""

    name = forms.CharField(label=_("Name of the cooperative"), help_text=_("As it stands in the registration."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    kind = forms.ChoiceField(
        label=_("Your part in it"),
        widget=forms.RadioSelect,
        choices=[("board", _("Board members")), ("member", _("Members"))],
    )
    days = forms.MultipleChoiceField(
        label=_("Days that suit you"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", _("Monday")), ("tue", _("Tuesday"))],
        required=False,
    )
    province = forms.ChoiceField(label=_("Province"), choices=[("", "—"), ("40", "ขอนแก่น"), ("50", "เชียงใหม่")])
    note = forms.CharField(label=_("Anything else?"), widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label=_("I have read the privacy notice."))
    letter = forms.FileField(label=_("Letter of the cooperative"), required=False)


class GalleryFilters(forms.Form):
    """Filters above a report; they filter nothing."""

    province = forms.ChoiceField(label=_("Province"), choices=[("", "ทุกจังหวัด"), ("77", "ประจวบคีรีขันธ์")])
    kind = forms.ChoiceField(label="ประเภท", choices=[("", "ทุกประเภท"), ("a", "สหกรณ์การเกษตร")], required=False)
    since = forms.DateField(label="ตั้งแต่วันที่", widget=forms.DateInput({"type": "date"}), required=False)
    until = forms.DateField(label="ถึงวันที่", widget=forms.DateInput({"type": "date"}), required=False)


LONG = "สหกรณ์การเกษตรเพื่อการตลาดลูกค้าธนาคารเพื่อการเกษตรและสหกรณ์การเกษตรจังหวัดประจวบคีรีขันธ์ทุ่งรวงทอง จำกัด"
_PEOPLE = [
    ("มาลี ใจดี", "กรรมการ", "081 000 0001", "over", "เลยกำหนด 12 วัน"),
    ("สมชาย รุ่งเรืองกิจไพศาลวงศ์ตระกูลทองใจดีมีสุขสวัสดิ์", "ประธานกรรมการดำเนินการ", "081 000 0002", "soon", "เหลือ 3 วัน"),
    ("วิภา สายชล", "ผู้จัดการ", "", "done", "เรียนจบแล้ว"),
    ("กฤต ตั้งมั่น", "ผู้ตรวจสอบกิจการ", "081 000 0004", "open", "ยังไม่เริ่ม"),
]
# What the components of the pages for officers are given, with long names and with nothing.
OFFICE = {
    "tabs": [
        {"url": f"#{icon}", "label": label, "icon": icon, "current": icon == "document"}
        for label, icon in (
            ("ภาพรวมพื้นที่", "chart"),
            ("รายงาน", "document"),
            ("ทะเบียน", "building"),
            ("นำเข้าข้อมูล", "upload"),
            ("มอบหมายการเรียน", "assign"),
            ("สิทธิ์ของฉัน", "eye"),
        )
    ],
    "tiles": [
        {
            "label": "เรียนจบปีงบประมาณนี้",
            "number": "12,480",
            "unit": "คน",
            "change": "มากกว่าปีก่อน 1,204 คน",
            "way": "up",
            "is_main": True,
        },
        {"label": "กำลังเรียน", "number": "3,217", "unit": "คน", "url": "#learning", "icon": "book"},
        {"label": "สมาชิกในทะเบียน", "number": "1,234,567", "unit": "คน", "icon": "people"},
        {"label": "เลยกำหนด", "number": "48", "unit": "คน", "kind": "harm", "icon": "alert", "url": "#over"},
        {"label": "เรียนจบก่อนอบรม", "is_hidden": True},
    ],
    "checked": [
        {"label": "เพิ่มใหม่", "number": "1,204", "unit": "แถว", "icon": "plus"},
        {"label": "แก้ไข", "number": "310", "unit": "แถว", "icon": "edit"},
        {"label": "เหมือนเดิม", "number": "18,431", "unit": "แถว", "icon": "check"},
        {"label": "มีปัญหา", "number": "42", "unit": "แถว", "icon": "alert", "kind": "harm", "url": "#problems"},
        {"label": "ต้องตัดสินใจ", "number": "13", "unit": "คู่", "icon": "quiz", "kind": "ask", "url": "#same"},
    ],
    "filters": GalleryFilters({"province": "77", "kind": "a"}),
    "chosen": [
        {"label": "จังหวัด", "value": "ประจวบคีรีขันธ์", "url": "?kind=a"},
        {"label": "ประเภท", "value": "สหกรณ์การเกษตร", "url": "?province=77"},
    ],
    "columns": ["สมาชิก", "ลงทะเบียนเรียน", "กำลังเรียน", "เรียนจบ", "เลยกำหนด", "ชั่วโมงเรียน", "ร้อยละที่เรียนจบ"],
    "lines": [
        {
            "name": LONG,
            "cells": ["12,408", "1,311", "204", "1,062", "45", "6,372.5", "81%"],
            "note": "รวมกับสหกรณ์อื่นเมื่อ 1 เม.ย. 2569",
        },
        {"name": "สหกรณ์ออมทรัพย์ครูทุ่งรวงทอง จำกัด", "cells": ["840", "120", "31", "89", "0", "534", "74%"]},
        {"name": "กลุ่มเกษตรกรทำนาบ้านหนองไผ่", "cells": ["36", "", "", "", "", "", ""]},
    ],
    "total": ["13,284", "1,434", "238", "1,151", "45", "6,906.5", "80%"],
    "stages": [
        {"label": "เลือกไฟล์", "state": "done", "url": "#file"},
        {"label": "ตรวจ", "state": "done", "url": "#check"},
        {"label": "แก้ไข", "state": "current"},
        {"label": "บันทึก", "state": "next"},
    ],
    "jobs": [
        {"state": "waiting", "title": "รอเริ่มตรวจไฟล์", "text": "มีงานอื่นอยู่ก่อน 1 งาน", "percent": None},
        {
            "state": "running",
            "title": "กำลังตรวจไฟล์ สมาชิก-2569.xlsx",
            "text": "อ่านแล้ว 4,200 จาก 20,000 แถว",
            "percent": 21,
        },
        {
            "state": "done",
            "title": "ตรวจไฟล์เสร็จแล้ว",
            "text": "อ่านครบ 20,000 แถว",
            "next_url": "#report",
            "next_label": "ดูผลการตรวจ",
        },
        {
            "state": "failed",
            "title": "อ่านไฟล์นี้ไม่ได้",
            "text": "ไฟล์ตั้งรหัสผ่านไว้ บันทึกใหม่โดยไม่ใส่รหัสผ่าน แล้วเลือกไฟล์อีกครั้ง",
            "next_url": "#file",
            "next_label": "เลือกไฟล์อีกครั้ง",
        },
    ],
    "people": [
        {
            "id": number,
            "name": name,
            "position": position,
            "phone": phone,
            "state": state,
            "state_label": label,
            "is_chosen": state == "over",
            "is_closed": state == "done",
        }
        for number, (name, position, phone, state, label) in enumerate(_PEOPLE, 1)
    ],
    "happenings": [
        {
            "on": "1 เมษายน 2569",
            "label": "ควบเข้ากับสหกรณ์อื่น",
            "text": LONG,
            "icon": "merge",
            "url": "#other",
            "url_label": "ดูสหกรณ์ที่ควบเข้าด้วยกัน",
        },
        {"on": "12 มกราคม 2562", "label": "ย้ายที่ตั้ง", "text": "จากอำเภอหัวหินไปอำเภอปราณบุรี", "icon": "place"},
        {"on": "9 สิงหาคม 2548", "label": "เปลี่ยนชื่อ", "text": "เดิมชื่อ สหกรณ์การเกษตรทุ่งรวง จำกัด", "icon": "edit"},
        {"on": "3 มีนาคม 2519", "label": "จดทะเบียน", "icon": "document"},
    ],
}
