"""Answerable audits surveillance programmes from the records they leave behind."""
