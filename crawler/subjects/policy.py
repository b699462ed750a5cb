"""Policy documents and interpretations as the crawl needs them (read by checks.policy.pairing)."""

from checks.policy.pairing import Pair, core_title, form_of, is_interpretation, is_policy_document, pair

__all__ = ["Pair", "core_title", "form_of", "is_interpretation", "is_policy_document", "pair"]
