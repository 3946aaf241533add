"""A learner sits a quiz: Sitting, Response."""
