"""Opening the academy on an empty database: its pages, its certificate design, its authors' group.

Everything here may be edited in the admin afterwards; running it again adds only what is missing.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from certification.models import CertificateDesign, DesignSigner
from cms.models import HomePage, StandardPage
from courses.catalog.models import CourseIndexPage

AUTHORS = "ผู้จัดทำหลักสูตร"
HIGHLIGHTS = [
    ("phone", "เรียนบนมือถือ เวลาไหนก็ได้", "บทเรียนสั้น อ่านง่าย สัญญาณอ่อนก็เรียนได้ คำตอบบันทึกให้ทุกข้อ กลับมาเรียนต่อที่เดิมได้เสมอ"),
    ("ledger", "ใช้ได้จริงในสหกรณ์", "ทุกบทมีตัวอย่างเป็นบาทเป็นสตางค์ ตาราง และสิ่งที่ลองทำได้ในสัปดาห์นี้ อ้างมาตรากฎหมายให้ตรวจสอบได้"),
    ("certificate", "วุฒิบัตรที่ใครก็ตรวจได้", "เรียนครบและสอบผ่านแล้วรับวุฒิบัตรทันที มีเลขที่และคิวอาร์โค้ดให้ผู้อื่นตรวจว่าเป็นของจริง"),
]
PAGES = {
    "about": (
        "เกี่ยวกับเรา",
        "ที่เรียนของคนทำสหกรณ์",
        "<p>สหกรณ์อะคาเดมีเป็นที่เรียนของกรรมการ ผู้จัดการ เจ้าหน้าที่ ผู้ตรวจสอบกิจการ และสมาชิกสหกรณ์ "
        "รวมถึงกลุ่มเกษตรกร กลุ่มสตรี กลุ่มเยาวชน และกลุ่มอาชีพ</p>"
        "<p>ทุกหลักสูตรเขียนให้คนทำงานอ่าน ไม่ใช่ให้นักกฎหมายอ่าน ข้อความที่เป็นกฎหมายบอกมาตราและฉบับของกฎหมายไว้ทุกแห่ง</p>",
    ),
    "help": (
        "วิธีใช้",
        "เริ่มเรียนอย่างไร และทำอย่างไรเมื่อติดขัด",
        "<h2>เริ่มเรียน</h2><ol><li>สมัครด้วยเบอร์โทรศัพท์ อีเมล หรือชื่อผู้ใช้</li>"
        "<li>บอกเราว่าคุณอยู่สหกรณ์หรือกลุ่มใด และทำหน้าที่อะไร</li>"
        "<li>เลือกหลักสูตร กดสมัครเรียน แล้วอ่านทีละบท</li>"
        "<li>ทำแบบทดสอบท้ายหลักสูตรให้ผ่าน แล้วรับวุฒิบัตร</li></ol>"
        "<h2>สัญญาณไม่ดี</h2><p>ระหว่างทำแบบทดสอบ คำตอบจะเก็บไว้ในเครื่องก่อน แล้วส่งให้เองเมื่อสัญญาณกลับมา "
        "แถบด้านล่างบอกเสมอว่าบันทึกแล้วหรือยัง</p>"
        "<h2>ชื่อในวุฒิบัตร</h2><p>ชื่อที่พิมพ์เป็นชื่อในวันที่เรียนจบ ตรวจและแก้ไขได้ที่หน้าข้อมูลของฉันก่อนทำแบบทดสอบ</p>",
    ),
    "privacy": (
        "ข้อมูลส่วนบุคคล",
        "เราเก็บอะไร เพราะอะไร และคุณขออะไรได้บ้าง",
        "<h2>เราเก็บอะไร</h2><p>ชื่อ เบอร์โทรศัพท์หรืออีเมล สหกรณ์หรือกลุ่มและตำแหน่งของคุณ บทเรียนที่เรียน ผลการทดสอบ และวุฒิบัตร "
        "เราไม่เก็บเลขประจำตัวประชาชน</p>"
        "<h2>เพราะอะไร</h2><p>เพื่อให้คุณเรียนต่อจากที่เดิม ออกวุฒิบัตรในชื่อของคุณ "
        "และให้ผู้อื่นตรวจวุฒิบัตรได้ด้วยรหัสที่พิมพ์อยู่บนวุฒิบัตร</p>"
        "<h2>คุณขออะไรได้บ้าง</h2><p>ตามพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 30 "
        "คุณขอเข้าถึงและขอรับสำเนาข้อมูลของคุณได้ ชื่อและเบอร์โทรศัพท์แก้ไขได้เองที่หน้าข้อมูลของฉัน</p>",
    ),
}


@transaction.atomic
def open_academy(*, hostname: str = "localhost", port: int = 80) -> CourseIndexPage:
    """The page tree with home, catalog and standard pages; gives the catalog."""
    home = HomePage.objects.first() or _home()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page, site.site_name = hostname, port, home, "สหกรณ์อะคาเดมี"
    site.save()
    index = CourseIndexPage.objects.first()
    if index is None:
        index = CourseIndexPage(
            title="หลักสูตร",
            slug="courses",
            introduction="เลือกเรื่องที่ตรงกับงานของคุณ เรียนทีละบท ตามเวลาที่มี",
            show_in_menus=True,
        )
        home.add_child(instance=index)
    for slug, (title, introduction, html) in PAGES.items():
        if not StandardPage.objects.child_of(home).filter(slug=slug).exists():
            page = StandardPage(
                title=title, slug=slug, introduction=introduction, body=[("text", html)], show_in_menus=True
            )
            home.add_child(instance=page)
    design, is_new = CertificateDesign.objects.get_or_create(
        slug="standard", defaults={"name": "วุฒิบัตรมาตรฐาน", "issuer": "สหกรณ์อะคาเดมี"}
    )
    if is_new:
        DesignSigner.objects.create(design=design, name="ผู้อำนวยการสหกรณ์อะคาเดมี", position="ผู้ออกวุฒิบัตร", sort_order=0)
    center, is_new = CertificateDesign.objects.get_or_create(
        slug="center",
        defaults={
            "name": "วุฒิบัตรของศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์",
            "issuer": "ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์",
            "statement": "ได้ผ่านการอบรมหลักสูตร",
            "statement_en": "has completed the training course",
            "number_pattern": "{office}-{number}/{year}",  # the office is that of the center: ศส.14
        },
    )
    if is_new:
        DesignSigner.objects.create(
            design=center,
            name="ผู้อำนวยการศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์",
            position="ผู้ออกวุฒิบัตร",
            sort_order=0,
        )
    _authors(index)
    return index


def _home() -> HomePage:
    """Takes the place of the welcome page that Wagtail's own migrations make."""
    root = Page.get_first_root_node()
    for welcome in root.get_children().filter(slug="home"):
        Site.objects.filter(root_page=welcome).delete()
        welcome.delete()
    root = Page.objects.get(pk=root.pk)
    home = HomePage(
        title="สหกรณ์อะคาเดมี",
        slug="home",
        headline="เรียนรู้งานสหกรณ์ ให้มั่นใจทุกครั้งที่ลงมติ",
        introduction="หลักสูตรภาษาไทยเรื่องอุดมการณ์สหกรณ์ บัญชี และการควบคุมภายใน สำหรับคนทำงานสหกรณ์และกลุ่ม เรียนฟรีบนมือถือ",
        highlights=[("highlight", {"drawing": d, "title": title, "text": text}) for d, title, text in HIGHLIGHTS],
    )
    root.add_child(instance=home)
    return home


def _authors(index: CourseIndexPage) -> Group:
    """Who writes courses: pages under the catalog, pictures, documents, the question bank."""
    group, _created = Group.objects.get_or_create(name=AUTHORS)
    content = Permission.objects.filter(
        content_type__app_label__in=["quizzes", "catalog"],
        codename__regex=r"^(add|change|view)_(question|quiz|category|subcategory|learningpath)$",
    )
    group.permissions.add(Permission.objects.get(codename="access_admin"), *content)
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=index, permission=permission)
    # Wagtail asks its own image model for permissions, whatever model keeps the images.
    files = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        codename__regex=r"^(add|change|choose)_(image|document)$",
    )
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    return group
