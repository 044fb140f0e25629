"""Un fichier PES_Aller de recette, EXPÉRIMENTAL :
la structure de 2011, jamais dite conforme à celle d'aujourd'hui.
"""

from formats.pes.ecriture import en_xml
from formats.pes.modele import A_COMPLETER, Bordereau, Debiteur, Titre
from formats.pes.verification import Verdict, verifier

__all__ = ["A_COMPLETER", "Bordereau", "Debiteur", "Titre", "Verdict", "en_xml", "verifier"]
