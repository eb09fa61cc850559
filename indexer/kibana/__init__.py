"""The Kibana objects for analysts: data views, saved searches and dashboards, described once and written in two
formats.

:mod:`objects` has the types of the description; :mod:`views`, :mod:`searches`, :mod:`monthly` and :mod:`health` the
content. :mod:`saved_objects` writes it as NDJSON saved objects (Kibana 8.9 and later), :mod:`dashboards_api` as
requests to the dashboards API (Kibana 9.5 and later). :mod:`send` imports them into a Kibana. Takes the prefix of the
indices; produces files and requests. May import indexer and yuqing.core.
"""
