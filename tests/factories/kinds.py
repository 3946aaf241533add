"""A question of every kind: what it asks, its body, an answer that earns all of its points and one that earns some."""

from typing import Any

# By the code of the kind: content, body before its cleaning, full answer, partial answer (None where there is none).
SAMPLES: dict[str, tuple[str, dict[str, Any], Any, Any]] = {
    "single_choice": (
        "นับเงินสดเมื่อใด",
        {
            "choices": [
                {"text": "ทุกสิ้นวัน", "correct": True, "feedback": "เงินสดต้องตรงกับบัญชีทุกวัน"},
                {"text": "ทุกสิ้นเดือน", "correct": False, "feedback": "นานเกินไป"},
                {"text": "เมื่อผู้ตรวจมา", "correct": False},
            ]
        },
        ["c1"],
        None,
    ),
    "multiple_choice": (
        "รายการใดเป็นสินทรัพย์",
        {
            "choices": [
                {"text": "เงินสด", "correct": True},
                {"text": "ทุนเรือนหุ้น", "correct": False, "feedback": "เป็นทุน"},
                {"text": "ลูกหนี้เงินกู้", "correct": True},
                {"text": "เงินรับฝาก", "correct": False},
            ]
        },
        ["c1", "c3"],
        ["c1"],
    ),
    "true_false": ("ผู้เก็บเงินควรเป็นผู้บันทึกบัญชีด้วย", {"correct": False}, "false", None),
    "blanks": (
        "เติมคำ",
        {
            "parts": [
                "เงินสดในมือเป็น",
                {"answers": ["สินทรัพย์", "ทรัพย์สิน"], "tip": "หมวดหนึ่งของบัญชี"},
                "\nปี ",
                {"answers": ["2567"], "tip": ""},
                " อัตรา ",
                {"answers": ["1/2", "10:30", "a*b"], "tip": "มี : และ *"},
                " & ครบ <ถ้วน>",
            ],
            "case_sensitive": False,
            "accept_spelling_errors": True,
        },
        ["ทรัพย์สิน", "2567", "1/2"],
        ["สินทรัพย์", "", "ผิด"],
    ),
    "drag_text": (
        "วางคำให้ถูกที่",
        {
            "parts": [
                {"word": "เดบิต", "tip": "ด้านซ้าย", "right": "ใช่", "wrong": "ดูด้าน: ซ้าย"},
                " เงินสด\n",
                {"word": "เครดิต", "tip": "", "right": "", "wrong": ""},
                " ทุนเรือนหุ้น และ ",
                {"word": "1/2 & 3:4*", "tip": "", "right": "", "wrong": ""},
            ],
            "distractors": [{"text": "กำไร"}, {"text": "ก:ข*"}],
        },
        ["g1", "g2", "g3"],
        ["g1", "", "d1"],
    ),
    "mark_words": (
        "คำใดเป็นสินทรัพย์",
        {
            "words": [
                {"text": "เงินสด", "before": "", "after": "", "correct": True},
                {"text": "และ", "before": " ", "after": "", "correct": False},
                {"text": "ทุน", "before": "", "after": "", "correct": False},
                {"text": "ลูกหนี้ เงินกู้", "before": "\n", "after": "", "correct": True},
                {"text": "ครบ", "before": " (", "after": ").", "correct": False},
            ]
        },
        ["w1", "w4"],
        ["w1"],
    ),
    "short_answer": (
        "ผู้ใดสอบบัญชีสหกรณ์",
        {"answers": ["ผู้สอบบัญชี", "A/B:C*"], "case_sensitive": False, "accept_spelling_errors": False},
        "ผู้สอบบัญชี",
        None,
    ),
    "number": (
        "เงินสดคงเหลือเท่าใด",
        {"value": "1,250.50", "tolerance": "0.25", "unit": "บาท", "units": ["บ."], "unit_required": False},
        "๑,๒๕๐.๕๐ บาท",
        None,
    ),
    "single_choice_set": (
        "เลือกคำตอบที่ถูกของแต่ละข้อ",
        {
            "sets": [
                {
                    "id": "s1",
                    "question": "ผู้ใดมีอำนาจสูงสุดของสหกรณ์",
                    "choices": [
                        {"id": "c1", "text": "ที่ประชุมใหญ่"},
                        {"id": "c2", "text": "คณะกรรมการดำเนินการ"},
                        {"id": "c3", "text": "ผู้จัดการ"},
                    ],
                },
                {
                    "id": "s2",
                    "question": "สมาชิกหนึ่งคนมีกี่เสียง",
                    "choices": [{"id": "c1", "text": "หนึ่งเสียง"}, {"id": "c2", "text": "ตามจำนวนหุ้น"}],
                },
            ]
        },
        {"s1": "c1", "s2": "c1"},
        {"s1": "c3", "s2": "c1"},
    ),
    "summary": (
        "สรุปบทเรียนเรื่องเงินสด",
        {
            "panels": [
                {
                    "id": "p1",
                    "tip": "นึกถึงการแบ่งแยกหน้าที่",
                    "statements": [
                        {"id": "t1", "text": "ผู้รับเงินต้องไม่เป็นผู้บันทึกบัญชี"},
                        {"id": "t2", "text": "ผู้รับเงินควรบันทึกบัญชีเองเพื่อความรวดเร็ว"},
                    ],
                },
                {
                    "id": "p2",
                    "tip": "",
                    "statements": [
                        {"id": "t1", "text": "ตรวจนับเงินสดทุกสิ้นวัน"},
                        {"id": "t2", "text": "ตรวจนับเงินสดปีละครั้ง"},
                        {"id": "t3", "text": "ไม่ต้องตรวจนับ"},
                    ],
                },
            ]
        },
        {"p1": "t1", "p2": "t1"},
        {"p1": "t2", "p2": "t1"},
    ),
    "ordering": (
        "เรียงขั้นตอนการรับเงินของสหกรณ์",
        {
            "items": [
                {"id": "i1", "text": "รับเงินจากสมาชิก"},
                {"id": "i2", "text": "ออกใบเสร็จรับเงิน"},
                {"id": "i3", "text": "บันทึกสมุดเงินสด"},
                {"id": "i4", "text": "นำเงินฝากธนาคาร"},
            ]
        },
        ["i1", "i2", "i3", "i4"],
        ["i4", "i1", "i2", "i3"],
    ),
    "matching": (
        "จับคู่บัญชีกับหมวดบัญชี",
        {
            "pairs": [
                {"id": "p1", "left": "เงินสด", "right": "สินทรัพย์"},
                {"id": "p2", "left": "เงินรับฝาก", "right": "หนี้สิน"},
                {"id": "p3", "left": "ลูกหนี้เงินให้กู้", "right": "สินทรัพย์"},
            ],
            "extra": [{"id": "x1", "text": "ทุน"}],
        },
        {"p1": "p1", "p2": "p2", "p3": "p1"},
        {"p1": "p1", "p2": "x1"},
    ),
    "drag_picture": (
        "วางเอกสารไว้ที่โต๊ะที่ถูกต้อง",
        {
            "zones": [
                {"id": "z1", "label": "โต๊ะรับเงิน", "x": 5, "y": 10, "width": 30, "height": 40},
                {"id": "z2", "label": "โต๊ะบัญชี", "x": 60, "y": 10, "width": 30.5, "height": 40},
            ],
            "pieces": [
                {"id": "e1", "text": "ใบเสร็จรับเงิน", "zones": ["z1"], "multiple": False},
                {"id": "e2", "text": "สมุดรายวันทั่วไป", "zones": ["z2"], "multiple": False},
                {"id": "e3", "text": "ตรายาง", "zones": ["z1", "z2"], "multiple": True},
                {"id": "e4", "text": "บัญชีส่วนตัว", "zones": [], "multiple": False},
            ],
            "apply_penalties": True,
            "single_point": False,
        },
        [["e1", "z1"], ["e2", "z2"], ["e3", "z1"], ["e3", "z2"]],
        [["e1", "z1"], ["e2", "z2"], ["e4", "z1"]],
    ),
    "essay": (
        "อธิบายว่าเหตุใดผู้รับเงินจึงไม่ควรบันทึกบัญชีเอง",
        {
            "points": 5,
            "rubric": [
                {"id": "r1", "criterion": "บอกความเสี่ยงของการทุจริต", "points": 3},
                {"id": "r2", "criterion": "ยกตัวอย่างจากสหกรณ์", "points": 2},
            ],
            "keywords": [
                {
                    "id": "k1",
                    "keyword": "*ทุจริต*",
                    "alternatives": ["*ยักยอก*"],
                    "points": 3,
                    "occurrences": 1,
                    "case_sensitive": False,
                    "forgive_mistakes": False,
                },
                {
                    "id": "k2",
                    "keyword": "ตรวจสอบ",
                    "alternatives": [],
                    "points": 2,
                    "occurrences": 1,
                    "case_sensitive": False,
                    "forgive_mistakes": False,
                },
            ],
            "sample": "หากคนเดียวทั้งรับเงินและลงบัญชี จะปิดบังการยักยอกเงินได้\nจึงต้องมีอีกคนตรวจสอบ",
            "min_length": 20,
            "max_length": 2000,
        },
        "คนเดียวทำทั้งสองอย่างจะทุจริตได้ง่ายเพราะไม่มีใครตรวจสอบ",
        "เพราะอาจทุจริตได้",
    ),
    "journal_entry": (
        "เลขที่ 007 ชำระหนี้เป็นเงินสด 21,200 บาท เป็นดอกเบี้ย 1,200 บาท",
        {
            "accounts": [
                {"code": "101", "name": "เงินสด", "normal": "debit"},
                {"code": "102", "name": "เงินฝากธนาคาร", "normal": "debit"},
                {"code": "103", "name": "ลูกหนี้เงินกู้", "normal": "debit"},
                {"code": "401", "name": "ดอกเบี้ยรับ", "normal": "credit"},
            ],
            "lines": [
                {"side": "เดบิต", "account": "เงินสด", "amount": "๒๑,๒๐๐ บาท"},
                {"side": "เครดิต", "account": "103", "amount": "20000"},
                {"side": "credit", "account": "401 ดอกเบี้ยรับ", "amount": "1,200.00"},
            ],
        },
        [
            {"account": "401", "debit": "", "credit": "๑,๒๐๐"},
            {"account": "101", "debit": "21,200.00 บาท", "credit": ""},
            {"account": "103", "debit": "", "credit": "20000"},
        ],
        [{"account": "101", "debit": "21200", "credit": ""}, {"account": "103", "debit": "", "credit": "21200"}],
    ),
    "trial_balance": (
        "ทำหน้าบัญชีเงินสดและงบทดลอง",
        {
            "accounts": [
                {"code": "101", "name": "เงินสด", "normal": "debit"},
                {"code": "201", "name": "เงินรับฝาก", "normal": "credit"},
                {"code": "301", "name": "ทุนเรือนหุ้น", "normal": "credit"},
                {"code": "503", "name": "ค่าไฟฟ้า", "normal": "debit"},
            ],
            "openings": [
                {"side": "debit", "account": "101", "amount": "10000"},
                {"side": "credit", "account": "301", "amount": "10000"},
            ],
            "entries": [
                {
                    "text": "2 พ.ย. รับฝากเงินสด",
                    "lines": [
                        {"side": "debit", "account": "101", "amount": "4500"},
                        {"side": "credit", "account": "201", "amount": "4500"},
                    ],
                },
                {
                    "text": "25 พ.ย. จ่ายค่าไฟฟ้า",
                    "lines": [
                        {"side": "debit", "account": "503", "amount": "850"},
                        {"side": "credit", "account": "101", "amount": "850"},
                    ],
                },
            ],
            "asks": ["trial_balance", "ledger"],
            "ledger": ["101"],
        },
        ["4,500", "850", "๑๓,๖๕๐", "13650", "", "", "4500", "", "10000", "850", "", "14500", "14,500.00"],
        ["5,400", "850", "14550", "14550", "", "", "4500", "", "10000", "", "850", "14550", "15350"],
    ),
    "cash_count": (
        "นับเงินในตู้แล้วเทียบกับสมุด",
        {
            "denominations": [
                {"value": "20", "count": 11},
                {"value": "1,000", "count": 5},
                {"value": "0.50", "count": 3},
            ],
            "book_balance": "5,321.50",
        },
        ["5000", "220", "1.50", "5,221.50", "short", "๑๐๐ บาท"],
        ["5000", "200", "1.50", "5201.50", "short", "120"],
    ),
    "control_check": (
        "ขั้นใดควรเป็นงานของคนอื่น",
        {
            "actors": ["สมาชิก", "เจ้าหน้าที่การเงิน", "ผู้จัดการ"],
            "steps": [
                {"actor": "สมาชิก", "text": "ยื่นใบถอน", "document": "ใบถอนเงิน"},
                {"actor": "ผู้จัดการ", "text": "อนุมัติ", "document": "ใบถอนเงิน"},
                {"actor": "เจ้าหน้าที่การเงิน", "text": "จ่ายเงิน", "document": ""},
                {"actor": "เจ้าหน้าที่การเงิน", "text": "ลงบัญชีย่อย", "document": "บัญชีย่อย"},
                {"actor": "เจ้าหน้าที่การเงิน", "text": "นับเงินเทียบเอง", "document": "ใบตรวจนับ"},
            ],
            "weaknesses": [
                {"steps": ["s4"], "reason": "ถือเงินแล้วแก้ยอดได้"},
                {"steps": ["s5"], "reason": "ตรวจงานของตัวเอง"},
            ],
            "fixes": [
                {"text": "ให้ลงชื่อกำกับทุกบรรทัด", "weakness": None, "why": "คนเดิมยังทำสองอย่าง"},
                {"text": "ให้เจ้าหน้าที่บัญชีลงและกรรมการเวรนับ", "weakness": "w1", "why": "แยกคนละมือ"},
            ],
        },
        {"steps": ["s4", "s5"], "fix": "f2"},
        {"steps": ["s3", "s4", "s5"], "fix": "f1"},
    ),
}
