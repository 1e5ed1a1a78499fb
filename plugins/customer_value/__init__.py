"""The customer-value warehouse: extract, land, audit, build, publish, read.

Everything here runs without Airflow; ``operators`` wraps the steps of ``load`` as tasks.
"""
