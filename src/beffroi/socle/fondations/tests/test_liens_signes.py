"""Un lien signé désigne ce qu'il nomme, pour un usage, et rien d'autre."""

import pytest

from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.liens_signes import jeton_de, reference_de


def test_un_lien_rend_la_reference_qu_il_signe():
    jeton = jeton_de("DA-2026-12345678", usage="suivre")

    assert reference_de(jeton, usage="suivre") == "DA-2026-12345678"


def test_un_lien_altere_est_introuvable_et_dit_quoi_faire():
    jeton = jeton_de("DA-2026-12345678", usage="suivre")

    with pytest.raises(Introuvable, match="Copiez-le en entier"):
        reference_de(jeton.replace("8:", "9:"), usage="suivre")


def test_un_lien_ne_vaut_pas_pour_un_autre_usage():
    with pytest.raises(Introuvable):
        reference_de(jeton_de("DA-2026-12345678", usage="suivre"), usage="arreter")
