# SPDX-License-Identifier: Apache-2.0
# A real client of Last.fm, Debian's python3-pylast, goes through the whole flow against the fake
# one. Usage: pylast_session.py HOST:PORT KEY SECRET USER PASSWORD; says what it saw, a line each.
import sys
import time
import http.client
import urllib.request

try:
    import pylast
except ImportError:
    print("no pylast")
    sys.exit(0)

host, key, secret, user, password = sys.argv[1:6]
# pylast always speaks TLS; the fake does not.
pylast.HTTPSConnection = lambda context=None, host=None, port=None: http.client.HTTPConnection(
    host, port
)


def network(session="", api_key=key, api_secret=secret):
    made = pylast.LastFMNetwork(api_key, api_secret, session)
    made.ws_server = (host, "/2.0/")
    made.homepage = "http://" + host
    return made


def tries(what, call):
    try:
        print(what, call() or "worked")
    except pylast.WSError as error:
        print(what, "error", error.get_id())


keys = pylast.SessionKeyGenerator(network())
page = keys.get_web_auth_url()
tries("unapproved", lambda: keys.get_web_auth_session_key(page))
urllib.request.build_opener(urllib.request.ProxyHandler({})).open(page).read()
session, name = keys.get_web_auth_session_key_username(page)
print("logged in", name, len(session))
tries("used token", lambda: keys.get_web_auth_session_key(page))
tries("no token", lambda: keys.get_web_auth_session_key("nothing", "nothing"))
tries("password", lambda: len(keys.get_session_key(user, pylast.md5(password))))
tries("wrong password", lambda: keys.get_session_key(user, pylast.md5("wrong")))

mine = network(session)
now = int(time.time())
artist = "Björk & Co <+>"
tries("now playing", lambda: mine.update_now_playing(artist, "Jóga 100%", "Homogenic"))
tries("one", lambda: mine.scrobble(artist, "Jóga 100%", now - 9000, "Homogenic"))
tries(
    "twelve",
    lambda: mine.scrobble_many(
        [{"artist": artist, "title": "Song %d" % i, "timestamp": now - 8000 + 300 * i} for i in range(12)]
    ),
)
tries("wrong session", lambda: network("wrong").scrobble(artist, "x", now))
tries("wrong key", lambda: network(session, "x" * 32).scrobble(artist, "x", now))
tries("wrong secret", lambda: network(session, key, "x" * 32).scrobble(artist, "x", now))
tries("no title", lambda: mine.scrobble(artist, "", now))
heard = mine.get_user(user).get_recent_tracks(limit=5, time_from=now - 10000, time_to=now)
print("heard", heard[0].track.artist.name, "-", heard[0].track.title, "and", len(heard))
tries("rate limit", lambda: mine.update_now_playing(artist, "limited"))
