"""Les nomenclatures : CPV, NUTS.

Nos tables courtes suffisent au produit ; les listes entières s'installent à part.
"""
