"""A message to a program of another, with the care that fetching takes: nobody is led into an inner network."""

import asyncio
from collections.abc import Mapping

import httpx

from truceline.errors import Problem
from truceline.gather.addresses import IP, Address, parse_address
from truceline.gather.fetch import PUBLIC, Network, find_peers, make_request, open_transport

REFUSED = "the other end cannot be reached, or does not answer as a web server does"


async def send(asked: str, octets: bytes, headers: Mapping[str, str], *, network: Network = PUBLIC) -> int | Problem:
    """The status that the other end answers a POST with, or why nothing was sent. A redirect is not followed."""
    allowed = network.limits
    address = parse_address(asked, ports=allowed.ports, longest=allowed.address_characters)
    if isinstance(address, Problem):
        return address
    try:
        async with asyncio.timeout(allowed.seconds):
            peers = await find_peers(address, network)
            if isinstance(peers, Problem):
                return peers
            return await _post(address, peers[0], octets, headers, network)
    except (TimeoutError, httpx.HTTPError, OSError, ValueError):
        return Problem(code="send.failed", message=REFUSED, where=address.text)


async def _post(address: Address, peer: IP, octets: bytes, headers: Mapping[str, str], network: Network) -> int:
    """To the very number that was checked: no name is resolved again."""
    request = make_request(address, peer, network, headers=headers, octets=octets)
    async with open_transport(network) as transport:
        response = await transport.handle_async_request(request)
        await response.aclose()
        return response.status_code
