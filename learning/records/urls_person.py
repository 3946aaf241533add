from django.urls import path

from learning.records.views import sharing, training, wallet

urlpatterns = [
    path("my/certificates/", wallet.wallet, name="wallet"),
    path("my/certificates/<str:code>/", wallet.certificate, name="certificate"),
    path("my/certificates/<str:code>/show/", wallet.show, name="show"),
    path("my/record/", training.record, name="record"),
    path("my/record/<str:code>/file/", training.record_file, name="record_file"),
    path("my/sharing/", sharing.sharing, name="sharing"),
    path("my/sharing/<int:pk>/end/", sharing.end_share, name="end_share"),
    path("r/", training.type_code, name="type_record_code"),
    path("r/<str:code>", training.check_record, name="check_record"),
    path("w/<str:token>", sharing.shared, name="shared"),
]
