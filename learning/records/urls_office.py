"""The register of certificates: its pages for officers."""

from django.urls import path

from learning.records.views import bundles, certificates, papers, register

HERE = "office/certificates/"

urlpatterns = [
    path(HERE, register.certificates, name="certificates"),
    path(f"{HERE}register.csv", register.certificates_csv, name="certificates_csv"),
    path(f"{HERE}register.xlsx", register.certificates_workbook, name="certificates_workbook"),
    path(f"{HERE}<int:certificate_id>/", certificates.certificate, name="office_certificate"),
    path(f"{HERE}<int:certificate_id>/file/", certificates.file, name="office_certificate_file"),
    path(f"{HERE}<int:certificate_id>/revoke/", certificates.revoke, name="revoke_certificate"),
    path(f"{HERE}<int:certificate_id>/replace/", certificates.replace, name="replace_certificate"),
    path(f"{HERE}<int:certificate_id>/issue-anew/", certificates.issue_anew, name="issue_certificate_anew"),
    path(f"{HERE}bundles/", bundles.bundles, name="bundles"),
    path(f"{HERE}bundles/ask/", bundles.ask, name="ask_bundle"),
    path(f"{HERE}bundles/<int:bundle_id>/", bundles.bundle, name="bundle"),
    path(f"{HERE}bundles/<int:bundle_id>/file/", bundles.file, name="bundle_file"),
    path(f"{HERE}papers/", papers.papers, name="papers"),
    path(f"{HERE}papers/new/", papers.new_papers, name="new_papers"),
    path(f"{HERE}papers/template.xlsx", papers.paper_template, name="paper_template"),
    path(f"{HERE}papers/<int:register_id>/", papers.paper_register, name="paper_register"),
    path(f"{HERE}papers/<int:register_id>/leave-out/", papers.leave_out_all, name="leave_out_papers"),
    path(f"{HERE}papers/<int:register_id>/record/", papers.record, name="record_papers"),
    path(f"{HERE}papers/<int:register_id>/discard/", papers.discard, name="discard_papers"),
    path(f"{HERE}papers/<int:register_id>/rows/<int:line>/", papers.paper_row, name="paper_row"),
    path(f"{HERE}papers/<int:register_id>/rows/<int:line>/leave-out/", papers.leave_out, name="leave_out_paper"),
    path(f"{HERE}papers/<int:register_id>/rows/<int:line>/holder/", papers.choose_holder, name="paper_holder"),
]
