"""Which addresses of the internet may be connected to: an evidence file may come from anywhere.

The tables are written out because `ipaddress.is_global` and its kin differ between the versions
of Python, and because what is allowed should be read here. They are those of IANA's registries
of special-purpose addresses, and where clouds keep the secrets of their machines.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_NEVER_4 = {
    ip_network(network): kind
    for network, kind in {
        "0.0.0.0/8": "unspecified",
        "100.64.0.0/10": "shared",  # with Alibaba's 100.100.100.200
        "168.63.129.16/32": "metadata",  # Azure
        "169.254.0.0/16": "link-local",  # with everybody's 169.254.169.254
        "192.0.0.0/24": "reserved",  # with Oracle's 192.0.0.192
        "192.0.2.0/24": "documentation",
        "192.88.99.0/24": "reserved",
        "198.18.0.0/15": "reserved",
        "198.51.100.0/24": "documentation",
        "203.0.113.0/24": "documentation",
        "224.0.0.0/4": "multicast",
        "240.0.0.0/4": "reserved",
    }.items()
}
_OWN_4 = {
    ip_network(network): kind
    for network, kind in {
        "10.0.0.0/8": "private",
        "127.0.0.0/8": "loopback",
        "172.16.0.0/12": "private",
        "192.168.0.0/16": "private",
    }.items()
}
_NEVER_6 = {
    ip_network(network): kind
    for network, kind in {
        "2001::/23": "reserved",  # what is not Teredo: see _embedded
        "2001:db8::/32": "documentation",
        "3fff::/20": "documentation",
        "fd00:c1::a9fe:a9fe/128": "metadata",  # Oracle
        "fd00:ec2::/32": "metadata",  # Amazon
        "fd20:ce::254/128": "metadata",  # Google
        "fe80::/10": "link-local",
        "ff00::/8": "multicast",
    }.items()
}
_OWN_6 = {ip_network("::1/128"): "loopback", ip_network("fc00::/7"): "private"}
_GLOBAL_6 = ip_network("2000::/3")  # nothing beyond it was ever handed out
_NAT64 = ip_network("64:ff9b::/96")  # where a network without IPv4 reaches all of it

# The "bad ports" of the Fetch standard, which no browser asks: what listens there reads lines of
# text, and an address can be made so that a request holds such lines. Any other port may be asked.
REFUSED_PORTS = frozenset(
    (
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161),
        *(179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563),
        *(587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060),
        *(5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
    )
)


def refusal(address: str, *, allow_private: bool) -> str | None:
    """Of which kind an IP address is that is not connected to; None where it may be.

    `allow_private` is for loopback and for the networks of a house (RFC 1918, unique local).
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, IPv4Address):
        return _refusal_4(ip, allow_private)
    if ip.scope_id is not None:
        return "link-local"
    embedded = _embedded(ip)
    if embedded:
        kinds = (_refusal_4(each, allow_private) for each in embedded)
        return next((kind for kind in kinds if kind), None)
    return _refusal_6(ip, allow_private)


def _refusal_4(ip: IPv4Address, allow_private: bool) -> str | None:
    never = next((kind for network, kind in _NEVER_4.items() if ip in network), None)
    own = next((kind for network, kind in _OWN_4.items() if ip in network), None)
    return never or (None if allow_private else own)


def _refusal_6(ip: IPv6Address, allow_private: bool) -> str | None:
    never = next((kind for network, kind in _NEVER_6.items() if ip in network), None)
    own = next((kind for network, kind in _OWN_6.items() if ip in network), None)
    if never or own:
        return never or (None if allow_private else own)
    return None if ip in _GLOBAL_6 else "reserved"


def _embedded(ip: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that a connection to this IPv6 address really goes to."""
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip.sixtofour is not None:
        return (ip.sixtofour,)
    if ip.teredo is not None:
        return ip.teredo
    if ip in _NAT64:
        return (IPv4Address(int(ip) & 0xFFFFFFFF),)
    return ()
