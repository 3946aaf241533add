{% load static %}// Served at /office/workshops/check-in/, so that it may stand in front of every workshop's page.
self.kept = { cache: "check-in-1", page: /\/\d+\/check-in\/$/ };
importScripts("{% static "cms/keeping/worker.js" %}");
