from django.urls import path
from django.views.generic import RedirectView

from certification import views
from certification.views import badges, keys, offline

app_name = "certification"

urlpatterns = [
    path("v/", views.check, name="check"),
    path("v/offline/", offline.page, name="offline"),
    path("v/offline/keys.json", offline.keys, name="offline_keys"),
    path("v/offline/app.webmanifest", offline.manifest, name="offline_manifest"),
    path("v/offline/sw.js", offline.worker, name="offline_worker"),
    path("v/<str:code>.json", views.verify_json, name="verify_json"),
    path("v/<str:code>", views.verify, name="verify"),
    path("v/<str:code>/", RedirectView.as_view(pattern_name="certification:verify"), name="verify_slash"),
    path("v/<str:code>/badge.json", badges.badge_json, name="badge_json"),
    path("v/<str:code>/badge.jwt", badges.badge_token, name="badge_token"),
    path("v/achievements/<slug:key>/", badges.achievement, name="achievement"),
    path("v/achievements/<slug:key>/image.png", badges.picture, name="achievement_picture"),
    path("status/<int:number>", keys.status_list, name="status_list"),
    path(".well-known/did.json", keys.did, name="did"),
    path(".well-known/jwks.json", keys.jwks, name="jwks"),
    path(".well-known/certificates.pem", keys.certificates, name="authorities"),
    path("certificates/<str:code>/file/", views.download, name="download"),
]
