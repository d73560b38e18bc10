import { createContext, useContext } from 'solid-js'
import type { House } from '#client/core/house.ts'
import { must } from '#shared/kernel/must.ts'

const HouseContext = createContext<House>()

/** Gives every page the one House of the signed-in account. */
export const HouseProvider = HouseContext.Provider

export function useHouse(): House {
  return must(useContext(HouseContext), 'house')
}
