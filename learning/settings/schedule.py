"""What happens by the clock. State lives in rows; these sweeps find what a killed worker left behind."""

from datetime import timedelta

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "certificates-waiting-for-a-file": {
        "task": "certification.tasks.sweep_unrendered",
        "schedule": timedelta(minutes=1),
    },
    "status-lists-in-force": {
        "task": "certification.schedule.renew_status_lists",
        "schedule": timedelta(hours=1),
    },
    "sittings-past-their-time": {
        "task": "learning.sittings.schedule.close_overdue",
        "schedule": timedelta(minutes=1),
    },
    "how-questions-went": {
        "task": "learning.sittings.tasks.count_statistics",
        "schedule": crontab(hour="2", minute="20"),
    },
    "walk-through-assignments": {
        "task": "learning.enrollments.schedule.walk_assignments",
        "schedule": timedelta(hours=1),
    },
    "due-days-that-passed": {
        "task": "learning.enrollments.schedule.pass_due_days",
        "schedule": timedelta(hours=1),
    },
    "reminders": {
        "task": "learning.enrollments.schedule.remind",
        "schedule": crontab(hour="8", minute="0"),
    },
    "terms-that-begin-and-end": {
        "task": "learning.organizations.schedule.pass_terms",
        "schedule": crontab(hour="0", minute="10"),
    },
    "imports-without-a-worker": {
        "task": "learning.register.schedule.sweep_imports",
        "schedule": timedelta(minutes=1),
    },
    "packages-without-a-worker": {
        "task": "courses.h5p.schedule.sweep_packages",
        "schedule": timedelta(minutes=1),
    },
    "notices-waiting-for-mail": {
        "task": "learning.notices.schedule.mail_what_waits",
        "schedule": timedelta(minutes=5),
    },
    "counts-for-reports": {
        "task": "learning.reports.tasks.keep_counting",
        "schedule": timedelta(seconds=10),
    },
    "areas-counted-anew-and-old-files": {
        "task": "learning.reports.tasks.tend_counts",
        "schedule": timedelta(minutes=5),
    },
    "batches-of-certificates": {
        "task": "learning.records.schedule.sweep_batches",
        "schedule": timedelta(minutes=1),
    },
    "bundles-of-certificates": {
        "task": "learning.records.schedule.tend_bundles",
        "schedule": timedelta(minutes=1),
    },
    "lists-of-paper-certificates": {
        "task": "learning.records.schedule.tend_papers",
        "schedule": timedelta(minutes=1),
    },
    "training-records": {
        "task": "learning.records.schedule.tend_training_records",
        "schedule": timedelta(minutes=5),
    },
    "certificates-that-expire": {
        "task": "learning.records.schedule.tell_of_expiry",
        "schedule": crontab(hour="7", minute="30"),
    },
    "workshop-messages": {
        "task": "learning.workshops.schedule.send_messages",
        "schedule": timedelta(minutes=1),
    },
    "workshop-papers": {
        "task": "learning.workshops.schedule.tend_papers",
        "schedule": timedelta(minutes=5),
    },
    "workshop-plans": {
        "task": "learning.workshops.schedule.sweep_plans",
        "schedule": timedelta(minutes=5),
    },
    "holds-past-their-day": {
        "task": "learning.workshops.schedule.release_holds",
        "schedule": timedelta(hours=1),
    },
    "workshops-completed-since": {
        "task": "learning.workshops.schedule.complete_who_is_ready",
        "schedule": timedelta(minutes=5),
    },
    "attendance-out-of-reach": {
        "task": "learning.workshops.schedule.warn_of_lost_attendance",
        "schedule": timedelta(hours=1),
    },
    "seats-kept-until-yesterday": {
        "task": "learning.workshops.schedule.release_reservations",
        "schedule": crontab(hour="0", minute="5"),
    },
    "publish-scheduled-pages": {
        "task": "cms.tasks.publish_scheduled",
        "schedule": timedelta(minutes=5),
    },
}
