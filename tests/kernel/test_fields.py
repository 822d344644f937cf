"""Fields that every room shares: what they take, and what they refuse with a reason."""

import pytest
from pydantic import ValidationError

from curbstop.identity.schemas import UserRequest
from curbstop.kernel.fields import email_address


@pytest.mark.parametrize("written", ["a@b.org", "first.last+tag@water.example.org"])
def test_an_address_is_taken_as_it_is_written(written):
    assert email_address(written) == written


@pytest.mark.parametrize("wrong", ["", "@b.org", "a@b", "a@b@c.d", "a b@c.d", "a@b. c", "a.b.org"])
def test_what_is_no_address_is_refused(wrong):
    with pytest.raises(ValueError, match="e-mail address"):
        email_address(wrong)


def test_a_user_signs_in_by_an_address_of_one_host():
    with pytest.raises(ValidationError) as refused:
        UserRequest.model_validate({"email": "a@b@c.d"})
    assert ("email",) in [error["loc"] for error in refused.value.errors()]
