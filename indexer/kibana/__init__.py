"""What analysts see in Kibana: data views, saved searches and dashboards, described once and written in two forms.

:mod:`objects` holds the description's types; :mod:`views`, :mod:`searches`, :mod:`monthly` and :mod:`health` the
content. :mod:`saved_objects` writes it as NDJSON saved objects (Kibana 8.9 and later), :mod:`dashboards_api` as bodies
of the dashboards API (Kibana 9.5 and later). :mod:`send` brings them into a Kibana. Takes the prefix of the indices;
gives files and requests. May import indexer and yuqing.core.
"""
