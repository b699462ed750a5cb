"""Schemes (考核办法) as data, and the arithmetic from findings and records to scores. No I/O but loading."""
