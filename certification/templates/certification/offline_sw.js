{% load static %}// Served at /v/offline/: it stands in front of that page and of no other.
self.kept = { cache: "offline-check-1", page: /\/v\/offline\/$/ };
importScripts("{% static "cms/keeping/worker.js" %}");
